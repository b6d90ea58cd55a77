#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

#include "aws/api_error.h"
#include "aws/arn.h"
#include "aws/document.h"
#include "aws/pagination.h"

namespace everseal::aws {
namespace {

TEST(Arn, is_made_of_its_parts) {
  const Arn arn("acm", "eu-west-1", "111122223333", "certificate/a:b");
  EXPECT_EQ(arn.text(), "arn:aws:acm:eu-west-1:111122223333:certificate/a:b");
  const auto parsed = Arn::parse(arn.text());
  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed, arn);
  EXPECT_EQ(parsed->partition(), "aws");
  EXPECT_EQ(parsed->service(), "acm");
  EXPECT_EQ(parsed->region(), "eu-west-1");
  EXPECT_EQ(parsed->account(), "111122223333");
  EXPECT_EQ(parsed->resource(), "certificate/a:b");
}

TEST(Arn, may_have_neither_region_nor_account) {
  const auto arn = Arn::parse("arn:aws:acm-pca:::template/RootCACertificate/V1");
  ASSERT_TRUE(arn);
  EXPECT_EQ(arn->region(), "");
  EXPECT_EQ(arn->account(), "");
  EXPECT_EQ(arn->resource(), "template/RootCACertificate/V1");
}

TEST(Arn, is_refused_when_it_is_not_whole) {
  for (const auto* text :
       {"", "arn", "arn:aws:acm:eu-west-1:111122223333", "urn:aws:acm:r:a:x", "arn::acm:r:a:x",
        "arn:aws::r:a:x", "arn:aws:acm:r:a:", "arn:aws:acm:r:a:x\n", "ARN:aws:acm:r:a:x"}) {
    EXPECT_FALSE(Arn::parse(text)) << text;
  }
  EXPECT_TRUE(Arn::parse("arn:aws:acm:r:a:" + std::string(2032, 'x')));
  EXPECT_FALSE(Arn::parse("arn:aws:acm:r:a:" + std::string(2033, 'x')));
}

TEST(ApiError, says_nothing_of_the_fault_below) {
  const ApiError broken = Fault::broken("/var/lib/everseal: SQLITE_CORRUPT");
  EXPECT_EQ(broken.code, "InternalFailure");
  EXPECT_EQ(broken.http_status, 500);
  EXPECT_EQ(broken.message.find("SQLITE"), std::string::npos);
  EXPECT_EQ(broken.cause, "/var/lib/everseal: SQLITE_CORRUPT");
  const ApiError full = Fault::unavailable("disk full");
  EXPECT_EQ(full.code, "ServiceUnavailable");
  EXPECT_EQ(full.http_status, 503);
}

TEST(Document, counts_the_last_of_equal_members) {
  Document::Members members;
  members.emplace_back("a", Document(std::string("first")));
  members.emplace_back("b", Document());
  members.emplace_back("a", Document(std::string("last")));
  const Document document(std::move(members));
  ASSERT_NE(document.find("a"), nullptr);
  EXPECT_EQ(*document.find("a")->as<std::string>(), "last");
  EXPECT_TRUE(document.find("b")->is_null());
  EXPECT_EQ(document.find("c"), nullptr);
  EXPECT_EQ(Document(true).find("a"), nullptr);
}

constexpr Listing certificates{
    .operation = "acm:ListCertificates", .account = "111122223333", .region = "eu-west-1"};

TEST(PageToken, gives_its_key_back_to_its_own_listing) {
  rc::check([](const std::string& key, const std::string& selection) {
    auto listing = certificates;
    listing.selection = selection;
    const auto found = page_key(listing, page_token(listing, key));
    RC_ASSERT(found.has_value());
    RC_ASSERT(*found == key);
  });
}

TEST(PageToken, is_refused_by_every_other_listing) {
  const auto token = page_token(certificates, "17");
  auto other = certificates;
  other.operation = "acm:SearchCertificates";
  EXPECT_FALSE(page_key(other, token));
  other = certificates;
  other.account = "444455556666";
  EXPECT_FALSE(page_key(other, token));
  other = certificates;
  other.region = "us-east-1";
  EXPECT_FALSE(page_key(other, token));
  other = certificates;
  other.selection = "ISSUED";
  EXPECT_FALSE(page_key(other, token));
}

TEST(PageToken, is_refused_when_any_character_is_another) {
  const auto token = page_token(certificates, "the last key of this page");
  for (std::size_t at = 0; at < token.size(); ++at) {
    for (const char other : {'A', 'b', '7', '-', '_', '=', ' ', '\0', '\xff'}) {
      if (token[at] == other) continue;
      auto changed = token;
      changed[at] = other;
      EXPECT_FALSE(page_key(certificates, changed)) << at;
    }
  }
}

TEST(PageToken, survives_any_garbage) {
  rc::check([](const std::string& garbage) { RC_ASSERT(!page_key(certificates, garbage)); });
  EXPECT_FALSE(page_key(certificates, std::string(1 << 20, 'A')));
}

TEST(PageToken, holds_only_characters_that_need_no_escape) {
  rc::check([](const std::string& key) {
    RC_ASSERT(page_token(certificates, key)
                  .find_first_not_of(
                      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
              std::string::npos);
  });
}

}  // namespace
}  // namespace everseal::aws
