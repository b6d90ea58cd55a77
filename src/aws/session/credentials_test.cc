#include "aws/session/credentials.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "clock/time_text.h"
#include "encoding/base64.h"
#include "keys/master_key.h"

namespace everseal::aws::session {
namespace {

struct Maker {
  Credentials make(const Grant& grant) {
    auto made = make_credentials(vault, random, grant);
    if (!made) throw std::runtime_error(made.error().cause);
    return *std::move(made);
  }

  CountingRandom random;
  keys::MasterKey master = keys::MasterKey::in_memory(random);
  keys::Vault vault{master, random};
};

Grant some_grant() {
  return {.holder_id = "AROAROLEROLEROLEROLER",
          .session_name = "run1",
          .issued_at = *parse_iso8601("2025-03-01T12:00:00Z"),
          .expires_at = *parse_iso8601("2025-03-01T13:00:00Z"),
          .policy = "{}",
          .policy_arns = {"arn:aws:iam::aws:policy/IAMReadOnlyAccess"},
          .tags = {{"team", "pki", true}, {"site", "", false}},
          .source_identity = "ops"};
}

TEST(SessionCredentials, look_like_those_of_aws) {
  Maker maker;
  const auto made = maker.make(some_grant());
  EXPECT_EQ(made.access_key_id.substr(0, 4), "ASIA");
  EXPECT_EQ(made.access_key_id.size(), 20U);
  EXPECT_EQ(made.secret.size(), 40U);
  EXPECT_EQ(made.expires_at, some_grant().expires_at);
}

TEST(SessionCredentials, say_in_their_token_what_they_grant) {
  Maker maker;
  const auto made = maker.make(some_grant());
  const auto opened = open_token(maker.vault, made.access_key_id, made.session_token);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->grant, some_grant());
  EXPECT_EQ(opened->secret.reveal_text(), made.secret.reveal_text());
}

TEST(SessionCredentials, show_nothing_of_it_to_whoever_holds_the_token) {
  Maker maker;
  const auto made = maker.make(some_grant());
  const auto octets = *encoding::from_base64(made.session_token);
  for (const auto text : {made.secret.reveal_text(), std::string_view("run1")}) {
    EXPECT_EQ(as_text(octets).find(text), std::string_view::npos);
  }
}

TEST(SessionCredentials, open_with_their_own_access_key_only) {
  Maker maker;
  const auto first = maker.make(some_grant());
  const auto second = maker.make(some_grant());
  EXPECT_FALSE(open_token(maker.vault, second.access_key_id, first.session_token));
  EXPECT_FALSE(open_token(maker.vault, first.access_key_id, ""));
  EXPECT_FALSE(open_token(maker.vault, first.access_key_id, "EXAMPLETOKEN//////////EXAMPLE="));
}

TEST(SessionCredentials, open_under_their_own_master_key_only) {
  Maker maker;
  const auto made = maker.make(some_grant());
  const auto other_key = keys::MasterKey::in_memory(maker.random);
  const keys::Vault other{other_key, maker.random};
  EXPECT_FALSE(open_token(other, made.access_key_id, made.session_token));
}

RC_GTEST_PROP(SessionCredentials, do_not_open_when_one_bit_of_the_token_is_another, ()) {
  Maker maker;
  const auto made = maker.make(some_grant());
  auto octets = *encoding::from_base64(made.session_token);
  const auto place = *rc::gen::inRange<std::size_t>(0, octets.size());
  octets[place] = static_cast<std::uint8_t>(octets[place] ^ (1U << *rc::gen::inRange(0U, 8U)));
  RC_ASSERT(!open_token(maker.vault, made.access_key_id, encoding::to_base64(octets)));
}

Grant any_grant() {
  const auto text = rc::gen::string<std::string>();
  const auto time = [] { return from_millis(*rc::gen::inRange<std::int64_t>(0, 1LL << 50)); };
  Grant grant{.holder_id = *text,
              .session_name = *text,
              .issued_at = time(),
              .expires_at = time(),
              .policy = {},
              .policy_arns = *rc::gen::container<std::vector<std::string>>(text),
              .tags = {},
              .source_identity = *text};
  if (*rc::gen::arbitrary<bool>()) grant.policy = *text;
  for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
    grant.tags.push_back({*text, *text, *rc::gen::arbitrary<bool>()});
  }
  return grant;
}

RC_GTEST_PROP(Grant, is_read_as_it_was_written, ()) {
  const auto grant = any_grant();
  const auto secret = *rc::gen::string<std::string>();
  const auto octets = encode(grant, SecretBytes::copy_of(std::string_view(secret)));
  const auto read = decode(octets.reveal());
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->grant == grant);
  RC_ASSERT(read->secret.reveal_text() == secret);
}

RC_GTEST_PROP(Grant, is_not_read_when_something_is_missing_or_added, ()) {
  const auto octets = encode(any_grant(), SecretBytes::copy_of(std::string_view("secret")));
  const auto whole = octets.reveal();
  RC_ASSERT(!decode(whole.first(*rc::gen::inRange<std::size_t>(0, whole.size()))));
  auto longer = to_bytes(whole);
  longer.push_back(*rc::gen::arbitrary<std::uint8_t>());
  RC_ASSERT(!decode(longer));
}

}  // namespace
}  // namespace everseal::aws::session
