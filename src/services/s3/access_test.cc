#include <gtest/gtest.h>

#include <string>

#include "services/s3/acl.h"
#include "services/s3/bucket_policy.h"
#include "services/s3/grants.h"
#include "services/s3/values/checksum.h"

namespace everseal::s3 {
namespace {

// One statement that lets somebody read, with more elements.
std::string reading(const std::string& principal, const std::string& more = "") {
  return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",)" + principal +
         R"(,"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*")" + more + "}]}";
}

std::string refusal_of(const std::string& json) {
  const auto policy = read_policy(json, "b");
  return policy ? "taken" : std::string(policy.error().code) + ": " + policy.error().message;
}

bool is_public(const std::string& principal, const std::string& more = "") {
  return read_policy(reading(principal, more), "b").value().is_public;
}

std::string when(const std::string& condition) { return R"(,"Condition":{)" + condition + "}"; }

const std::string everybody = R"("Principal":"*")";

TEST(BucketPolicy, is_about_the_bucket_and_what_is_in_it) {
  EXPECT_EQ(refusal_of(reading(everybody)), "taken");
  EXPECT_EQ(refusal_of(R"({"Statement":{"Effect":"Deny","Principal":"*","NotAction":"s3:Get*",)"
                       R"("Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}})"),
            "taken");
  for (const auto* resource : {"*", "arn:aws:s3:::c/*", "arn:aws:s3:::bb", "arn:aws:s3:::*"}) {
    EXPECT_EQ(refusal_of(R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*",)"
                         R"("Resource":")" +
                         std::string(resource) + R"("}})"),
              "MalformedPolicy: Policy has invalid resource")
        << resource;
  }
  EXPECT_EQ(refusal_of(R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"acm:*",)"
                       R"("Resource":"arn:aws:s3:::b"}})"),
            "MalformedPolicy: Policy has invalid action");
}

TEST(BucketPolicy, is_written_in_the_policy_language) {
  EXPECT_TRUE(refusal_of("{").starts_with("MalformedPolicy: "));
  EXPECT_TRUE(refusal_of("").starts_with("MalformedPolicy: "));
  EXPECT_TRUE(
      refusal_of(reading(R"("Principal":{"AWS":"nobody"})")).starts_with("MalformedPolicy"));
  EXPECT_TRUE(refusal_of(reading(everybody, R"(,"Colour":"red")")).starts_with("MalformedPolicy"));
  EXPECT_EQ(refusal_of(reading(everybody) + std::string(20 * 1024, ' ')),
            "MalformedPolicy: Policy exceeds the maximum allowed document size.");
}

TEST(BucketPolicy, is_public_where_everybody_is_let_in) {
  EXPECT_TRUE(is_public(everybody));
  EXPECT_TRUE(is_public(R"("Principal":{"AWS":"*"})"));
  EXPECT_TRUE(is_public(R"("Principal":{"AWS":["111122223333","*"]})"));
  EXPECT_TRUE(is_public(R"("NotPrincipal":{"AWS":"111122223333"})"));
  EXPECT_FALSE(is_public(R"("Principal":{"AWS":"111122223333"})"));
  EXPECT_FALSE(is_public(R"("Principal":{"Service":"acm-pca.amazonaws.com"})"));
}

TEST(BucketPolicy, is_not_public_where_a_condition_names_a_few) {
  for (const auto* condition :
       {R"("StringEquals":{"aws:SourceAccount":"111122223333"})",
        R"("StringEquals":{"aws:PrincipalAccount":["111122223333","444455556666"]})",
        R"("ArnLike":{"AWS:SourceArn":"arn:aws:acm-pca:eu-west-1:111122223333:ca/1"})",
        R"("IpAddress":{"aws:SourceIp":"203.0.113.0/24"})",
        R"("IpAddress":{"aws:SourceIp":["203.0.113.7","10.0.0.0/8"]})"}) {
    EXPECT_FALSE(is_public(everybody, when(condition))) << condition;
  }
}

TEST(BucketPolicy, is_public_where_a_condition_limits_nothing) {
  for (const auto* condition :
       {R"("StringLike":{"aws:SourceAccount":"*"})",
        R"("StringNotEquals":{"aws:SourceAccount":"111122223333"})",
        R"("StringEqualsIfExists":{"aws:SourceAccount":"111122223333"})",
        R"("StringEquals":{"aws:SourceAccount":["111122223333","${aws:username}"]})",
        R"("StringEquals":{"aws:UserAgent":"secret"})", R"("Bool":{"aws:SecureTransport":"true"})",
        R"("IpAddress":{"aws:SourceIp":"0.0.0.0/0"})",
        R"("IpAddress":{"aws:SourceIp":["203.0.113.7","::/0"]})"}) {
    EXPECT_TRUE(is_public(everybody, when(condition))) << condition;
  }
}

TEST(BucketPolicy, that_only_denies_is_not_public) {
  EXPECT_FALSE(read_policy(R"({"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*",)"
                           R"("Resource":"arn:aws:s3:::b/*"}})",
                           "b")
                   .value()
                   .is_public);
}

std::string answer(Acl acl, const BucketAccess& rules) {
  const auto fine = check_acl(acl, rules);
  return fine ? "taken" : std::string(fine.error().code);
}

TEST(Acl, counts_only_where_ownership_and_public_access_block_let_it) {
  const BucketAccess as_new{.account = "111122223333", .block = {.block_public_acls = true}};
  EXPECT_EQ(answer(Acl::BucketOwnerFullControl, as_new), "taken");
  EXPECT_EQ(answer(Acl::PublicRead, as_new), "AccessControlListNotSupported");
  auto rules = as_new;
  rules.ownership = Ownership::BucketOwnerPreferred;
  EXPECT_EQ(answer(Acl::PublicRead, rules), "AccessDenied");
  rules.block.block_public_acls = false;
  EXPECT_EQ(answer(Acl::PublicRead, rules), "taken");
  EXPECT_TRUE(opens_to_everybody(Acl::PublicRead, rules));
  EXPECT_FALSE(opens_to_everybody(Acl::BucketOwnerFullControl, rules));
  rules.block.ignore_public_acls = true;
  EXPECT_FALSE(opens_to_everybody(Acl::PublicRead, rules));
}

std::string wanted(const HeaderMap& headers) {
  const auto acl = acl_in_headers(headers, "111122223333");
  if (!acl) return std::string(acl.error().code);
  return *acl ? std::string(text_of(**acl)) : "nothing";
}

TEST(Acl, is_named_or_granted_in_headers) {
  const std::string everyone = R"(uri="http://acs.amazonaws.com/groups/global/AllUsers")";
  EXPECT_EQ(wanted({}), "nothing");
  EXPECT_EQ(wanted({{"x-amz-acl", "public-read"}}), "public-read");
  EXPECT_EQ(wanted({{"x-amz-acl", "loud"}}), "InvalidArgument");
  EXPECT_EQ(wanted({{"x-amz-acl", "authenticated-read"}}), "NotImplemented");
  EXPECT_EQ(wanted({{"x-amz-grant-full-control", "id=\"111122223333\""}}), "private");
  EXPECT_EQ(wanted({{"x-amz-grant-full-control", "id=444455556666"}}), "InvalidArgument");
  EXPECT_EQ(wanted({{"x-amz-grant-read", "id=111122223333, " + everyone}}), "public-read");
  EXPECT_EQ(wanted({{"x-amz-grant-write", everyone}}), "NotImplemented");
  EXPECT_EQ(wanted({{"x-amz-grant-read", "emailAddress=a@b.example"}}), "NotImplemented");
  EXPECT_EQ(wanted({{"x-amz-grant-read", "everyone"}}), "InvalidArgument");
  EXPECT_EQ(wanted({{"x-amz-grant-read", everyone}, {"x-amz-acl", "private"}}), "InvalidRequest");
}

std::string wanted_by(const std::string& grants, const std::string& owner = "111122223333") {
  const auto xml = "<AccessControlPolicy><Owner><ID>" + owner + "</ID></Owner><AccessControlList>" +
                   grants + "</AccessControlList></AccessControlPolicy>";
  const Bytes body(xml.begin(), xml.end());
  RunningChecksum sum(ChecksumAlgorithm::Crc32);
  sum.update(body);
  const auto acl =
      acl_in_request({{"x-amz-checksum-crc32", sum.finish().text()}}, body, "111122223333");
  return std::string(acl ? text_of(*acl) : acl.error().code);
}

TEST(Acl, is_spelt_out_in_a_body) {
  const auto grant = [](const std::string& type, const std::string& who,
                        const std::string& permission) {
    return R"(<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type=")" +
           type + "\">" + who + "</Grantee><Permission>" + permission + "</Permission></Grant>";
  };
  const auto own = grant("CanonicalUser", "<ID>111122223333</ID>", "FULL_CONTROL");
  const auto all = "<URI>http://acs.amazonaws.com/groups/global/AllUsers</URI>";
  EXPECT_EQ(wanted_by(own), "private");
  EXPECT_EQ(wanted_by(own + grant("Group", all, "READ")), "public-read");
  EXPECT_EQ(wanted_by(own + grant("Group", all, "WRITE")), "NotImplemented");
  EXPECT_EQ(wanted_by(own + grant("Group", all, "EVERYTHING")), "MalformedACLError");
  EXPECT_EQ(wanted_by(own + grant("CanonicalUser", "<ID>444455556666</ID>", "READ")),
            "InvalidArgument");
  EXPECT_EQ(wanted_by(own + grant("", "", "READ")), "MalformedACLError");
  EXPECT_EQ(wanted_by(own, "444455556666"), "MalformedACLError");
  EXPECT_EQ(wanted_by("<Grant>"), "MalformedACLError");
}

}  // namespace
}  // namespace everseal::s3
