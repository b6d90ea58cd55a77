#include "aws/endpoint/bucket_hosts.h"

#include <gtest/gtest.h>

#include <string>

namespace everseal::aws::endpoint {
namespace {

const BucketHosts hosts({"s3.pki.example"});

std::string target(std::string_view host, std::string_view sent = "/key?a=b",
                   std::string_view service = "s3") {
  const http::RequestHead head{
      .method = "GET", .target = std::string(sent), .headers = {{"Host", std::string(host)}}};
  const auto moved = hosts.with_path(head, service);
  return moved ? moved->target : "as it was sent";
}

TEST(BucketHosts, give_the_bucket_before_a_name_of_ours) {
  EXPECT_EQ(target("crl.s3.pki.example"), "/crl/key?a=b");
  EXPECT_EQ(target("CRL.S3.pki.example:4566"), "/crl/key?a=b");
  EXPECT_EQ(target("crl.localhost:4566"), "/crl/key?a=b");
  EXPECT_EQ(target("my.crl.localhost", "/"), "/my.crl/");
  EXPECT_EQ(target("crl.localhost", "/a//%2e%2e/?x"), "/crl/a//%2e%2e/?x");
}

TEST(BucketHosts, give_the_bucket_before_a_name_of_s3_at_aws) {
  EXPECT_EQ(target("crl.s3.eu-west-1.amazonaws.com"), "/crl/key?a=b");
  EXPECT_EQ(target("my.crl.s3.eu-west-1.amazonaws.com"), "/my.crl/key?a=b");
  EXPECT_EQ(target("crl.s3.dualstack.eu-west-1.amazonaws.com"), "/crl/key?a=b");
  EXPECT_EQ(target("crl.s3.amazonaws.com"), "/crl/key?a=b");
}

TEST(BucketHosts, leave_a_host_without_a_bucket_as_it_is) {
  for (const auto* host :
       {"s3.pki.example", "localhost:4566", "127.0.0.1:4566", "[::1]:4566", "pki.example",
        "xs3.pki.example", "s3.amazonaws.com", "s3.eu-west-1.amazonaws.com",
        "acm.eu-west-1.amazonaws.com", "", ".localhost"}) {
    EXPECT_EQ(target(host), "as it was sent") << host;
  }
}

TEST(BucketHosts, are_for_s3_only) {
  EXPECT_EQ(target("crl.localhost", "/key", ""), "/crl/key");
  EXPECT_EQ(target("crl.localhost", "/key", "acm"), "as it was sent");
  const http::RequestHead head{
      .method = "POST",
      .target = "/",
      .headers = {{"Host", "crl.localhost"},
                  {"X-Amz-Target", "CertificateManager.ListCertificates"}}};
  EXPECT_FALSE(hosts.with_path(head, ""));
}

}  // namespace
}  // namespace everseal::aws::endpoint
