#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <functional>

#include "aws/sigv4/test_keys.h"
#include "aws/sigv4/verifier.h"
#include "clock/time_text.h"
#include "encoding/percent.h"

namespace everseal::aws::sigv4 {
namespace {

const ManualClock kNow{*parse_iso8601("2025-01-02T03:04:05Z")};

// A header's value, as it is without white space that does not count.
rc::Gen<std::string> visible_text() {
  return rc::gen::container<std::string>(rc::gen::inRange<char>('!', '~'));
}

rc::Gen<std::string> any_text() {
  return rc::gen::container<std::string>(rc::gen::arbitrary<char>());
}

struct Sent {
  http::RequestHead head;
  std::string body;
  Dialect dialect = Dialect::Json;
  std::string service;
};

Sent any_request() {
  Sent sent;
  sent.dialect = *rc::gen::element(Dialect::Json, Dialect::S3);
  sent.service = sent.dialect == Dialect::S3 ? "s3" : "lambda";
  sent.head.method = *rc::gen::element(std::string("GET"), std::string("POST"));
  sent.head.target = "/p" + encoding::percent_encode_path(*any_text());
  sent.head.target += "?q=" + encoding::percent_encode(*any_text());
  const auto names = *rc::gen::container<std::vector<std::string>>(any_text());
  for (const auto& name : names) sent.head.target += "&" + encoding::percent_encode(name) + "=1";
  sent.head.headers.add("Host", "pki.example.internal:8443");
  sent.head.headers.add("X-Amz-Meta-A", *visible_text());
  sent.head.headers.add("Accept", "x" + *visible_text());
  sent.head.headers.add("accept", "y" + *visible_text());
  sent.body = *any_text();
  return sent;
}

bool is_proven(const Sent& sent, const TestKeys& keys) {
  const Verifier verifier{keys, kNow};
  const auto claim = read_claim(sent.head);
  if (!claim) return false;
  const Expected expected{.service = sent.service, .region = "eu-west-1", .dialect = sent.dialect};
  return verifier.verify(sent.head, *claim, expected, as_bytes(sent.body)).has_value();
}

TEST(Verifier, proves_whatever_the_signer_signed) {
  EXPECT_TRUE(rc::check("sign, then verify", [] {
    const TestKeys keys;
    auto sent = any_request();
    sign(sent.head, as_bytes(sent.body), signing_key(keys, sent.service), kNow.now());
    RC_ASSERT(is_proven(sent, keys));
  }));
}

TEST(Verifier, proves_whatever_the_signer_presigned) {
  EXPECT_TRUE(rc::check("presign, then verify", [] {
    const TestKeys keys;
    auto sent = any_request();
    if (sent.dialect != Dialect::S3) sent.body.clear();
    presign(sent.head, signing_key(keys, sent.service), kNow.now(),
            *rc::gen::inRange<std::uint32_t>(1, 604'801));
    RC_ASSERT(is_proven(sent, keys));
  }));
}

// Another letter at a place that the property chooses; of the same kind, so that what the text
// means does change.
void change_letter(std::string& text, std::size_t first, std::size_t last) {
  auto& letter = text[*rc::gen::inRange(first, last)];
  letter = letter == 'x' ? 'z' : 'x';
}

http::Headers with(const http::Headers& headers, const std::string& name,
                   const std::function<void(std::string&)>& change) {
  http::Headers changed;
  for (auto [header, value] : headers) {
    if (header == name) change(value);
    changed.add(header, value);
  }
  return changed;
}

struct Mutation {
  const char* name;
  std::function<void(Sent&)> apply;
};

const std::vector<Mutation>& mutations() {
  const auto header = [](const char* name) {
    return [name](Sent& sent) {
      sent.head.headers = with(sent.head.headers, name, [](std::string& value) {
        if (value.empty())
          value = "-";
        else
          change_letter(value, 0, value.size());
      });
    };
  };
  static const std::vector<Mutation> all = {
      {"method", [](Sent& sent) { sent.head.method = "PUT"; }},
      {"path", [](Sent& sent) { sent.head.target.insert(1, "x"); }},
      {"query", [](Sent& sent) { sent.head.target += "&x"; }},
      {"value in the query",
       [](Sent& sent) { sent.head.target.insert(sent.head.target.find("?q=") + 3, "x"); }},
      {"body grows", [](Sent& sent) { sent.body += "x"; }},
      {"body changes",
       [](Sent& sent) {
         if (sent.body.empty())
           sent.body = "x";
         else
           change_letter(sent.body, 0, sent.body.size());
       }},
      {"host", header("Host")},
      {"date", header("X-Amz-Date")},
      {"signed header", header("X-Amz-Meta-A")},
      {"repeated header", header("accept")},
      {"authorization", header("Authorization")},
      {"one header more", [](Sent& sent) { sent.head.headers.add("Accept", "z"); }},
      {"one unsigned x-amz header", [](Sent& sent) { sent.head.headers.add("x-amz-acl", "z"); }},
      {"one header less", [](Sent& sent) { sent.head.headers.remove("X-Amz-Meta-A"); }},
      {"headers in another order",
       [](Sent& sent) {
         std::vector<std::string> values;
         for (const auto& [name, value] : sent.head.headers) {
           if (http::same_name(name, "accept")) values.push_back(value);
         }
         sent.head.headers.remove("accept");
         sent.head.headers.add("accept", values[1]);
         sent.head.headers.add("accept", values[0]);
       }},
  };
  return all;
}

TEST(Verifier, refuses_a_request_of_which_anything_was_changed) {
  EXPECT_TRUE(rc::check("sign, change one thing, then verify", [] {
    const TestKeys keys;
    auto sent = any_request();
    sign(sent.head, as_bytes(sent.body), signing_key(keys, sent.service), kNow.now());
    const auto& mutation = mutations()[*rc::gen::inRange<std::size_t>(0, mutations().size())];
    RC_LOG() << mutation.name;
    mutation.apply(sent);
    RC_ASSERT(!is_proven(sent, keys));
  }));
}

TEST(Verifier, refuses_a_presigned_request_of_which_any_part_of_the_query_was_changed) {
  EXPECT_TRUE(rc::check("presign, change one letter behind the path, then verify", [] {
    const TestKeys keys;
    Sent sent{.head = {.method = "GET", .target = "/a?b=c"},
              .body = {},
              .dialect = Dialect::S3,
              .service = "s3"};
    sent.head.headers.add("Host", "pki.example.internal:8443");
    presign(sent.head, signing_key(keys, "s3"), kNow.now(), 3600);
    change_letter(sent.head.target, 0, sent.head.target.size());
    RC_ASSERT(!is_proven(sent, keys));
  }));
}

TEST(ReadClaim, answers_any_header_and_query) {
  EXPECT_TRUE(rc::check("no input breaks it", [] {
    http::RequestHead head{.method = "GET", .target = "/?" + *any_text()};
    head.headers.add("Authorization", "AWS4-HMAC-SHA256 " + *any_text());
    const auto claim = read_claim(head);
    RC_ASSERT(claim.has_value() || !claim.error().message.empty());
  }));
}

}  // namespace
}  // namespace everseal::aws::sigv4
