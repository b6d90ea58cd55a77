#include "services/acmpca/crl/location.h"

#include <gtest/gtest.h>

namespace everseal::acmpca {
namespace {

const AuthorityArn ca("eu-west-1", "111122223333", "11111111-2222-3333-4444-555555555555");
constexpr std::string_view partition = "66666666-7777-8888-9999-000000000000";

CrlConfiguration in(std::string bucket) {
  return {.enabled = true, .expiration_in_days = 7, .s3_bucket_name = std::move(bucket)};
}

TEST(CrlLocation, is_named_after_the_ca_in_the_bucket) {
  const auto at = crl_location(ca, in("crls"), "");
  EXPECT_EQ(at.bucket, "crls");
  EXPECT_EQ(at.key, "crl/11111111-2222-3333-4444-555555555555.crl");
  EXPECT_EQ(at.uri, "http://crls.s3.eu-west-1.amazonaws.com/" + at.key);
}

TEST(CrlLocation, has_a_bucket_with_dots_in_the_path) {
  const auto at = crl_location(ca, in("crls.example"), "");
  EXPECT_EQ(at.uri, "http://s3.eu-west-1.amazonaws.com/crls.example/" + at.key);
}

TEST(CrlLocation, takes_a_path_behind_the_bucket) {
  for (const auto* bucket : {"crls/pki/root", "crls/pki/root/"}) {
    const auto at = crl_location(ca, in(bucket), "");
    EXPECT_EQ(at.bucket, "crls");
    EXPECT_EQ(at.key, "pki/root/crl/11111111-2222-3333-4444-555555555555.crl");
  }
}

TEST(CrlLocation, has_partitions_below_the_ca) {
  EXPECT_EQ(crl_location(ca, in("crls"), partition).key,
            "crl/11111111-2222-3333-4444-555555555555/66666666-7777-8888-9999-000000000000.crl");
}

TEST(CrlLocation, follows_custom_name_and_path) {
  auto crl = in("crls");
  crl.custom_cname = "crl.example";
  crl.custom_path = "lists/of/ours";
  EXPECT_EQ(crl_location(ca, crl, "").uri,
            "http://crl.example/lists/of/ours/11111111-2222-3333-4444-555555555555.crl");
  EXPECT_EQ(crl_location(ca, crl, partition).uri,
            "http://crl.example/lists/of/ours/66666666-7777-8888-9999-000000000000.crl");
}

}  // namespace
}  // namespace everseal::acmpca
