#include <gtest/gtest.h>

#include "aws/sigv4/canonical.h"
#include "aws/sigv4/test_exchange.h"

namespace everseal::aws::sigv4 {
namespace {

TEST(ReadClaim, refuses_a_presigned_query_that_lacks_or_repeats_a_part) {
  for (const std::string part : {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date",
                                 "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature"}) {
    Exchange lacking;
    lacking.of_s3().presign(60);
    lacking.head.target.replace(lacking.head.target.find(part), 5, "Y-Amz");
    EXPECT_EQ(lacking.told(Dialect::S3), "400 AuthorizationQueryParametersError") << part;
    Exchange repeating;
    repeating.of_s3().presign(60).head.target += "&" + part + "=x";
    EXPECT_EQ(repeating.told(Dialect::S3), "400 AuthorizationQueryParametersError") << part;
  }
}

TEST(ReadClaim, takes_the_parts_of_the_header_in_any_order) {
  Exchange exchange;
  exchange.sign();
  const auto claim = read_claim(exchange.head);
  exchange.head.headers.set("Authorization", "AWS4-HMAC-SHA256   Signature=" + claim->signature +
                                                 ",SignedHeaders=" + joined(claim->signed_headers) +
                                                 " ,  Credential=" + claim->access_key_id + "/" +
                                                 claim->scope.text());
  EXPECT_TRUE(exchange.answer());
}

TEST(ReadClaim, refuses_headers_that_say_too_much_or_nothing) {
  Exchange whole;
  whole.sign();
  const std::string text{*whole.head.headers.find("Authorization")};
  const std::vector<std::string> broken = {
      "AWS4-HMAC-SHA256",
      text + ", Signature=00",
      text + ", Region=eu",
      text + ",,",
      "Bearer abc",
      "AWS4-HMAC-SHA256 Credential=a/b/c/d, SignedHeaders=host, Signature=0",
      "AWS4-HMAC-SHA256 Credential=a/b/c//e, SignedHeaders=host, Signature=0",
      "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host;host, Signature=0",
      "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=Host, Signature=0",
      "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=, Signature=0"};
  for (const auto& header : broken) {
    Exchange exchange;
    exchange.sign();
    exchange.head.headers.set("Authorization", header);
    EXPECT_EQ(exchange.failure(), Failure::Malformed) << header;
  }
}

TEST(ReadClaim, refuses_two_authorizations_dates_or_tokens) {
  for (const auto* name : {"Authorization", "X-Amz-Date", "X-Amz-Security-Token"}) {
    Exchange exchange;
    exchange.sign();
    const std::string value{exchange.head.headers.find(name).value_or("x")};
    exchange.head.headers.set(name, value);
    exchange.head.headers.add(name, value);
    EXPECT_EQ(exchange.failure(), Failure::Malformed) << name;
  }
}

TEST(ReadClaim, requires_a_date_that_can_be_read) {
  Exchange exchange;
  exchange.sign();
  exchange.head.headers.set("X-Amz-Date", "2025-01-02T03:04:05Z");
  EXPECT_EQ(exchange.failure(), Failure::Malformed);
  exchange.head.headers.remove("X-Amz-Date");
  EXPECT_EQ(exchange.failure(), Failure::Malformed);
}

TEST(ReadClaim, takes_one_mechanism_only) {
  Exchange exchange;
  exchange.of_s3().presign(60).sign();
  EXPECT_EQ(exchange.failure(), Failure::BothForms);
  EXPECT_EQ(exchange.told(Dialect::S3), "400 InvalidArgument");
}

TEST(ReadClaim, says_that_version_2_is_not_spoken_but_in_urls_of_s3) {
  Exchange header;
  header.head.headers.add("Authorization", "AWS AKIAEXAMPLEKEY000001:K2bs3Q4bV6OI1oP5ke54b0B9oMQ=");
  EXPECT_EQ(header.told(Dialect::S3), "400 InvalidRequest");
  Exchange query;
  query.head.target = "/b/k?AWSAccessKeyId=AKIAEXAMPLEKEY000001&Expires=1735790645&Signature=K2bs";
  EXPECT_EQ(query.told(Dialect::Query), "400 IncompleteSignature");
}

TEST(ReadClaim, says_that_version_4a_is_not_spoken) {
  Exchange header;
  header.head.headers.add("Authorization",
                          "AWS4-ECDSA-P256-SHA256 Credential=AK/20250102/s3/aws4_request");
  EXPECT_EQ(header.told(Dialect::S3), "501 NotImplemented");
  EXPECT_EQ(header.told(Dialect::Json), "400 IncompleteSignatureException");
  Exchange query;
  query.head.target = "/b/k?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256";
  EXPECT_EQ(query.told(Dialect::S3), "501 NotImplemented");
}

}  // namespace
}  // namespace everseal::aws::sigv4
