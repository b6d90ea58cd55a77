#include <gtest/gtest.h>

#include "aws/sigv4/test_exchange.h"
#include "crypto/digest.h"
#include "encoding/hex.h"

namespace everseal::aws::sigv4 {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST(Verifier, says_who_signed) {
  Exchange exchange;
  const auto proof = exchange.sign().answer();
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->caller.arn, "arn:aws:iam::111122223333:user/ops");
  EXPECT_EQ(proof->payload.sha256, crypto::sha256(std::string_view("{}")));
}

TEST(Verifier, is_given_the_scope_before_anything_is_proven) {
  Exchange exchange;
  const auto claim = read_claim(exchange.sign("acm-pca", "ap-south-1").head);
  EXPECT_EQ(claim->scope.text(), "20250102/ap-south-1/acm-pca/aws4_request");
  EXPECT_FALSE(claim->presigned);
}

TEST(Verifier, takes_any_region_unless_one_is_expected) {
  Exchange exchange;
  EXPECT_TRUE(exchange.sign({}, "mars-north-1").answer());
  exchange.expected.region = "eu-west-1";
  EXPECT_EQ(exchange.failure(), Failure::WrongRegion);
}

TEST(Verifier, looks_for_the_key_before_it_minds_a_region_that_is_none) {
  Exchange exchange;
  exchange.sign({}, "EU-WEST-1");
  EXPECT_EQ(exchange.failure(), Failure::WrongRegion);
  exchange.keys.absence = Absence::Unknown;
  EXPECT_EQ(exchange.failure(), Failure::UnknownKey);
}

TEST(Verifier, says_that_a_region_that_is_none_was_in_the_query) {
  Exchange exchange;
  exchange.expected = {.service = "s3", .dialect = Dialect::S3};
  sigv4::presign(exchange.head, signing_key(exchange.keys, "s3", "a:b"), kNow, 60);
  EXPECT_EQ(exchange.failure(), Failure::WrongRegion);
  EXPECT_TRUE(exchange.answer().error().presigned);
}

TEST(Verifier, tells_an_unsigned_request_in_the_words_of_each_protocol) {
  const Exchange exchange;
  EXPECT_EQ(exchange.told_in_all(),
            (std::vector<std::string>{
                "403 MissingAuthenticationToken", "400 MissingAuthenticationTokenException",
                "403 MissingAuthenticationTokenException", "403 AccessDenied"}));
}

TEST(Verifier, tells_a_header_that_cannot_be_read_in_the_words_of_each_protocol) {
  Exchange exchange;
  exchange.head.headers.add("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e");
  EXPECT_EQ(exchange.told_in_all(),
            (std::vector<std::string>{"400 IncompleteSignature", "400 IncompleteSignatureException",
                                      "403 IncompleteSignatureException",
                                      "400 AuthorizationHeaderMalformed"}));
  EXPECT_EQ(mentions(exchange, "requires 'Signature' parameter"), "requires 'Signature' parameter");
}

TEST(Verifier, tells_an_unknown_key_in_the_words_of_each_protocol) {
  Exchange exchange;
  exchange.sign();
  exchange.keys.absence = Absence::Unknown;
  EXPECT_EQ(
      exchange.told_in_all(),
      (std::vector<std::string>{"403 InvalidClientTokenId", "400 UnrecognizedClientException",
                                "403 UnrecognizedClientException", "403 InvalidAccessKeyId"}));
}

TEST(Verifier, tells_a_bad_session_token_in_the_words_of_each_protocol) {
  Exchange exchange;
  exchange.sign();
  exchange.keys.absence = Absence::BadToken;
  EXPECT_EQ(exchange.told_in_all(),
            (std::vector<std::string>{"403 InvalidClientTokenId", "400 UnrecognizedClientException",
                                      "403 UnrecognizedClientException", "400 InvalidToken"}));
}

TEST(Verifier, tells_an_expired_session_in_the_words_of_each_protocol) {
  Exchange exchange;
  exchange.sign();
  exchange.keys.absence = Absence::ExpiredToken;
  EXPECT_EQ(exchange.told_in_all(),
            (std::vector<std::string>{"403 ExpiredToken", "400 ExpiredTokenException",
                                      "403 ExpiredTokenException", "400 ExpiredToken"}));
}

TEST(Verifier, tells_a_wrong_scope_in_the_words_of_each_protocol) {
  Exchange exchange;
  exchange.sign("iam");
  EXPECT_EQ(exchange.told_in_all(),
            (std::vector<std::string>{"403 SignatureDoesNotMatch", "400 InvalidSignatureException",
                                      "403 InvalidSignatureException",
                                      "400 AuthorizationHeaderMalformed"}));
  EXPECT_EQ(mentions(exchange, "scoped to correct service: 'acm'"),
            "scoped to correct service: 'acm'");
}

TEST(Verifier, tells_another_signature_in_the_words_of_each_protocol) {
  Exchange exchange;
  exchange.sign();
  exchange.head.method = "PUT";
  EXPECT_EQ(
      exchange.told_in_all(),
      (std::vector<std::string>{"403 SignatureDoesNotMatch", "400 InvalidSignatureException",
                                "403 InvalidSignatureException", "403 SignatureDoesNotMatch"}));
}

TEST(Verifier, answers_as_unavailable_when_the_keys_cannot_be_looked_up) {
  Exchange exchange;
  exchange.sign();
  exchange.keys.broken = true;
  EXPECT_EQ(exchange.told(Dialect::Json), "503 ServiceUnavailableException");
  EXPECT_EQ(to_api_error(exchange.answer().error(), Dialect::Json).cause, "the database is gone");
}

TEST(Verifier, looks_for_the_key_before_the_scope_and_the_time) {
  Exchange exchange;
  exchange.sign("iam");
  exchange.clock.advance(minutes(60));
  EXPECT_EQ(exchange.failure(), Failure::WrongScope);
  exchange.keys.absence = Absence::Unknown;
  EXPECT_EQ(exchange.failure(), Failure::UnknownKey);
}

TEST(Verifier, takes_a_clock_that_is_fifteen_minutes_off_and_no_more) {
  Exchange exchange;
  exchange.sign();
  exchange.clock.set(kNow + minutes(15));
  EXPECT_TRUE(exchange.answer());
  exchange.clock.set(kNow - minutes(15));
  EXPECT_TRUE(exchange.answer());
  exchange.clock.set(kNow + minutes(15) + seconds(1));
  EXPECT_EQ(exchange.failure(), Failure::Expired);
  EXPECT_EQ(exchange.answer().error().message,
            "Signature expired: 20250102T030405Z is now earlier than 20250102T030406Z "
            "(20250102T031906Z - 15 min.)");
  exchange.clock.set(kNow - minutes(15) - seconds(1));
  EXPECT_EQ(exchange.failure(), Failure::NotYetCurrent);
  EXPECT_EQ(mentions(exchange, "Signature not yet current: "), "Signature not yet current: ");
}

TEST(Verifier, tells_s3_clients_by_how_much_the_clock_may_be_off) {
  Exchange exchange;
  exchange.of_s3().sign();
  exchange.clock.advance(minutes(16));
  EXPECT_EQ(exchange.told(Dialect::S3), "403 RequestTimeTooSkewed");
  EXPECT_EQ(exchange.detail("MaxAllowedSkewMilliseconds"), "900000");
  EXPECT_EQ(exchange.detail("RequestTime"), "20250102T030405Z");
  EXPECT_EQ(exchange.detail("ServerTime"), "2025-01-02T03:20:05Z");
}

TEST(Verifier, refuses_a_scope_of_another_day_or_terminator) {
  Exchange exchange;
  exchange.sign();
  auto text = std::string(*exchange.head.headers.find("Authorization"));
  auto wrong_day = text;
  wrong_day.replace(wrong_day.find("/20250102/"), 10, "/20250103/");
  exchange.head.headers.set("Authorization", wrong_day);
  EXPECT_EQ(exchange.failure(), Failure::WrongScope);
  text.replace(text.find("aws4_request"), 12, "aws5_request");
  exchange.head.headers.set("Authorization", text);
  EXPECT_EQ(exchange.failure(), Failure::WrongScope);
}

TEST(Verifier, tells_an_s3_client_the_region_to_sign_for) {
  Exchange exchange;
  exchange.of_s3().sign({}, "us-east-1");
  EXPECT_EQ(exchange.told(Dialect::S3), "400 AuthorizationHeaderMalformed");
  EXPECT_EQ(exchange.detail("Region"), "eu-west-1");
}

TEST(Verifier, shows_an_s3_client_the_text_that_should_have_been_signed) {
  Exchange exchange;
  exchange.of_s3().sign();
  exchange.head.target = "/bucket/other";
  EXPECT_EQ(exchange.told(Dialect::S3), "403 SignatureDoesNotMatch");
  EXPECT_TRUE(exchange.detail("CanonicalRequest").starts_with("PUT\n/bucket/other\n\nhost:127"));
  EXPECT_TRUE(exchange.detail("CanonicalRequestBytes").starts_with("50 55 54 0a 2f"));
  EXPECT_TRUE(exchange.detail("StringToSign").starts_with("AWS4-HMAC-SHA256\n20250102T030405Z\n"));
  EXPECT_EQ(exchange.detail("AWSAccessKeyId"), kTestKeyId);
}

TEST(Verifier, refuses_a_request_whose_host_is_not_signed) {
  Exchange exchange;
  exchange.sign();
  auto text = std::string(*exchange.head.headers.find("Authorization"));
  text.replace(text.find("host;"), 5, "");
  exchange.head.headers.set("Authorization", text);
  EXPECT_EQ(exchange.failure(), Failure::HeaderNotSigned);
}

TEST(Verifier, names_the_headers_that_should_have_been_signed) {
  Exchange exchange;
  exchange.of_s3().sign();
  exchange.head.headers.add("X-Amz-Acl", "private");
  EXPECT_EQ(exchange.told(Dialect::S3), "403 AccessDenied");
  EXPECT_EQ(exchange.detail("HeadersNotSigned"), "x-amz-acl");
  EXPECT_EQ(exchange.told(Dialect::Json), "400 InvalidSignatureException");
}

TEST(Verifier, takes_headers_that_proxies_add) {
  Exchange exchange;
  exchange.sign();
  exchange.head.headers.add("X-Amzn-Trace-Id", "Root=1");
  exchange.head.headers.add("Via", "1.1 proxy");
  EXPECT_TRUE(exchange.answer());
}

TEST(Verifier, refuses_a_body_that_is_not_the_one_whose_hash_was_signed) {
  Exchange exchange;
  exchange.of_s3().sign();
  exchange.body = "other";
  EXPECT_EQ(exchange.told(Dialect::S3), "400 XAmzContentSHA256Mismatch");
  EXPECT_EQ(exchange.detail("S3ComputedContentSHA256"),
            encoding::to_hex(crypto::sha256(std::string_view("other"))));
}

TEST(Verifier, checks_a_declared_hash_outside_s3_too) {
  Exchange exchange;
  exchange.head.headers.add("X-Amz-Content-Sha256",
                            encoding::to_hex(crypto::sha256(std::string_view("{}"))));
  exchange.sign();
  EXPECT_TRUE(exchange.answer());
  exchange.body = "[]";
  EXPECT_EQ(exchange.failure(), Failure::PayloadMismatch);
  EXPECT_EQ(exchange.told(Dialect::Json), "400 InvalidSignatureException");
}

TEST(Verifier, lets_only_s3_clients_leave_the_body_unsigned) {
  Exchange s3;
  s3.of_s3().head.headers.add("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");
  s3.sign().body = "whatever";
  ASSERT_TRUE(s3.answer());
  EXPECT_FALSE(s3.answer()->payload.sha256);
  Exchange json;
  json.head.headers.add("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");
  EXPECT_EQ(json.sign().failure(), Failure::PayloadHashInvalid);
}

TEST(Verifier, requires_the_hash_of_s3_clients) {
  Exchange exchange;
  exchange.of_s3().sign();
  exchange.head.headers.remove("X-Amz-Content-Sha256");
  EXPECT_EQ(exchange.told(Dialect::S3), "400 InvalidRequest");
  exchange.head.headers.add("X-Amz-Content-Sha256", "sha256");
  EXPECT_EQ(exchange.told(Dialect::S3), "400 InvalidArgument");
  exchange.head.headers.set("X-Amz-Content-Sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
  EXPECT_EQ(exchange.told(Dialect::S3), "501 NotImplemented");
}

TEST(Verifier, leaves_a_streamed_body_to_whoever_reads_it) {
  Exchange exchange;
  exchange.of_s3().body = "gigabytes";
  exchange.sign();
  const Verifier verifier{exchange.keys, exchange.clock};
  const auto proof =
      verifier.verify_head(exchange.head, *read_claim(exchange.head), exchange.expected);
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->payload.sha256, crypto::sha256(std::string_view("gigabytes")));
}

TEST(Verifier, tells_how_a_body_in_chunks_is_signed) {
  Exchange exchange;
  exchange.of_s3().head.headers.add("X-Amz-Content-Sha256",
                                    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");
  exchange.sign();
  const auto claim = *read_claim(exchange.head);
  const Verifier verifier{exchange.keys, exchange.clock};
  const auto proof = verifier.verify_head(exchange.head, claim, exchange.expected);
  ASSERT_TRUE(proof);
  EXPECT_FALSE(proof->payload.sha256);
  ASSERT_TRUE(proof->payload.chunks);
  EXPECT_TRUE(proof->payload.chunks->is_signed);
  EXPECT_TRUE(proof->payload.chunks->has_trailer);
  EXPECT_EQ(proof->payload.chunks->seed_signature, claim.signature);
  EXPECT_EQ(proof->payload.chunks->signing_key->size(), 32U);
  exchange.head.headers.set("X-Amz-Content-Sha256", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD");
  const auto refused = verifier.verify_head(exchange.head, claim, exchange.expected);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().failure, Failure::StreamUnsupported);
}

TEST(Verifier, takes_a_presigned_request_until_it_expires) {
  Exchange exchange;
  exchange.of_s3().presign(3600);
  exchange.clock.set(kNow + seconds(3600));
  EXPECT_TRUE(exchange.answer());
  exchange.clock.set(kNow + seconds(3601));
  EXPECT_EQ(exchange.told(Dialect::S3), "403 AccessDenied");
  EXPECT_EQ(exchange.told(Dialect::Query), "400 RequestExpired");
  EXPECT_EQ(exchange.answer().error().message, "Request has expired");
  EXPECT_EQ(exchange.detail("Expires"), "2025-01-02T04:04:05Z");
  EXPECT_EQ(exchange.detail("X-Amz-Expires"), "3600");
}

TEST(Verifier, takes_a_presigned_request_of_the_near_future) {
  Exchange exchange;
  exchange.of_s3().presign(60);
  exchange.clock.set(kNow - minutes(15));
  EXPECT_TRUE(exchange.answer());
  exchange.clock.set(kNow - minutes(15) - seconds(1));
  EXPECT_EQ(exchange.told(Dialect::S3), "403 AccessDenied");
}

TEST(Verifier, signs_the_body_of_presigned_requests_outside_s3) {
  Exchange exchange;
  exchange.expected = {.service = "sts", .dialect = Dialect::Query};
  exchange.body.clear();
  exchange.presign(60);
  EXPECT_TRUE(exchange.answer());
  exchange.body = "Action=Other";
  EXPECT_EQ(exchange.failure(), Failure::Mismatch);
}

TEST(Verifier, refuses_a_presigned_request_without_a_header_that_was_signed) {
  Exchange exchange;
  exchange.of_s3().head.headers.add("Content-Type", "text/plain");
  exchange.presign(60);
  exchange.head.headers.remove("Content-Type");
  EXPECT_EQ(exchange.failure(), Failure::Mismatch);
}

TEST(Verifier, refuses_expiries_that_are_no_number_or_longer_than_a_week) {
  for (const auto* expiry : {"604801", "-1", "0", "1h", "", "99999999999999"}) {
    Exchange exchange;
    exchange.of_s3().presign(60);
    auto& target = exchange.head.target;
    const auto at = target.find("X-Amz-Expires=60");
    target.replace(at, 16, "X-Amz-Expires=" + std::string(expiry));
    EXPECT_EQ(exchange.told(Dialect::S3), "400 AuthorizationQueryParametersError") << expiry;
  }
}

TEST(Verifier, hands_the_session_token_to_whoever_knows_the_keys) {
  Exchange exchange;
  auto key = signing_key(exchange.keys, "acm");
  key.session_token = std::string(kTestToken);
  sign(exchange.head, as_bytes(exchange.body), key, kNow);
  EXPECT_TRUE(exchange.answer());
  exchange.head.headers.set("X-Amz-Security-Token", "another");
  EXPECT_EQ(exchange.failure(), Failure::BadToken);
}

TEST(Verifier, forgets_a_derived_key_when_the_secret_changes) {
  TestKeys keys;
  const ManualClock clock{kNow};
  const Verifier verifier{keys, clock};
  Exchange old;
  old.sign();
  const auto is_proven = [&](const Exchange& exchange) {
    return verifier
        .verify(exchange.head, *read_claim(exchange.head), exchange.expected,
                as_bytes(exchange.body))
        .has_value();
  };
  EXPECT_TRUE(is_proven(old));
  keys.change_secret("another");
  EXPECT_FALSE(is_proven(old));
  Exchange fresh;
  fresh.keys.change_secret("another");
  EXPECT_TRUE(is_proven(fresh.sign()));
}

}  // namespace
}  // namespace everseal::aws::sigv4
