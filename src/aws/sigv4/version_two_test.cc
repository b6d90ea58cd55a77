#include "aws/sigv4/version_two.h"

#include <gtest/gtest.h>

#include <chrono>

#include "aws/sigv4/test_exchange.h"

namespace everseal::aws::sigv4 {
namespace {

// Made with botocore and the documented secret.
struct Presigned : Exchange {
  Presigned() {
    of_s3().head.method = "GET";
    head.target =
        "/demo-bucket/a%20b%2Bc/%C3%A9.txt?AWSAccessKeyId=AKIAEXAMPLEKEY000001"
        "&Signature=K2bs3Q4bV6OI1oP5ke54b0B9oMQ%3D&Expires=1735790645";
    body.clear();
  }
};

TEST(VersionTwo, takes_an_url_that_botocore_signed) {
  const auto proof = Presigned().answer();
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->caller.access_key_id, kTestKeyId);
}

TEST(VersionTwo, takes_it_until_it_ends) {
  Presigned request;
  request.clock.set(TimePoint(std::chrono::seconds(1'735'790'645)));
  EXPECT_TRUE(request.answer());
  request.clock.set(TimePoint(std::chrono::seconds(1'735'790'646)));
  EXPECT_EQ(request.told(Dialect::S3), "403 AccessDenied");
  EXPECT_EQ(request.answer().error().message, "Request has expired");
}

TEST(VersionTwo, is_for_the_request_that_was_signed) {
  Presigned method;
  method.head.method = "PUT";
  EXPECT_EQ(method.told(Dialect::S3), "403 SignatureDoesNotMatch");
  Presigned path;
  path.head.target.replace(path.head.target.find("demo"), 4, "deme");
  EXPECT_EQ(path.told(Dialect::S3), "403 SignatureDoesNotMatch");
  Presigned version;
  version.head.target += "&versionId=1";
  EXPECT_EQ(version.told(Dialect::S3), "403 SignatureDoesNotMatch");
  Presigned acl;
  acl.head.headers.add("x-amz-acl", "public-read");
  EXPECT_EQ(acl.told(Dialect::S3), "403 SignatureDoesNotMatch");
  Presigned hint;
  hint.head.target += "&x-id=GetObject";
  EXPECT_TRUE(hint.answer());
}

TEST(VersionTwo, wants_a_time_that_can_be_read) {
  for (const auto* target :
       {"/b/k?AWSAccessKeyId=AK&Signature=x", "/b/k?AWSAccessKeyId=AK&Signature=x&Expires=soon",
        "/b/k?AWSAccessKeyId=AK&Signature=x&Expires=-1",
        "/b/k?AWSAccessKeyId=AK&Signature=x&Expires=99999999999999",
        "/b/k?AWSAccessKeyId=AK&Signature=x&Expires=1&Expires=2",
        "/b/k?AWSAccessKeyId=&Signature=x&Expires=1"}) {
    Exchange exchange;
    exchange.of_s3().head.target = target;
    EXPECT_EQ(exchange.failure(), Failure::Malformed) << target;
  }
}

TEST(VersionTwo, signs_the_sub_resources_and_amazon_headers_in_order) {
  http::RequestHead head{.method = "PUT",
                         .target = "/b/k?uploadId=u&Expires=7&x-id=1&partNumber=2&acl",
                         .headers = {{"X-Amz-Meta-B", "2"},
                                     {"Content-Type", "text/plain"},
                                     {"x-amz-meta-a", "1"},
                                     {"Content-MD5", "m"}}};
  EXPECT_EQ(version_two_string_to_sign(head),
            "PUT\nm\ntext/plain\n7\nx-amz-meta-a:1\nx-amz-meta-b:2\n"
            "/b/k?acl&partNumber=2&uploadId=u");
}

}  // namespace
}  // namespace everseal::aws::sigv4
