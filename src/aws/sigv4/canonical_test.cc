#include "aws/sigv4/canonical.h"

#include <gtest/gtest.h>

#include "aws/sigv4/derived_keys.h"
#include "aws/sigv4/test_keys.h"

namespace everseal::aws::sigv4 {
namespace {

TEST(DerivedKeys, are_bounded_and_one_for_each_scope) {
  DerivedKeys keys{2};
  const auto secret = SecretBytes::copy_of(kTestSecret);
  const auto find = [&](std::string region, std::uint64_t version) {
    return keys.find("AK", version, {"20250102", std::move(region), "acm", "aws4_request"}, secret);
  };
  const auto first = find("a", 1);
  EXPECT_EQ(find("a", 1), first);
  find("a", 2);
  EXPECT_EQ(keys.size(), 1u);
  EXPECT_NE(find("b", 1), first);
  find("c", 1);
  EXPECT_EQ(keys.size(), 2u);
}

TEST(CanonicalPath, keeps_what_s3_keys_are_made_of) {
  EXPECT_EQ(canonical_path("/a//b/../c", PathRule::AsSent), "/a//b/../c");
  EXPECT_EQ(canonical_path("/a%2fb%7e%2a*", PathRule::AsSent), "/a%2Fb~%2A%2A");
  EXPECT_EQ(canonical_path("/%", PathRule::AsSent), "/%25");
}

TEST(CanonicalPath, is_normalised_and_encoded_again_elsewhere) {
  EXPECT_EQ(canonical_path("/a//b/../c/", PathRule::Normalised), "/a/c/");
  EXPECT_EQ(canonical_path("/a%3Ab", PathRule::Normalised), "/a%253Ab");
  EXPECT_EQ(canonical_path("/..", PathRule::Normalised), "/");
}

TEST(CanonicalQuery, is_sorted_and_spelt_in_one_way) {
  EXPECT_EQ(canonical_query("b=2&a=%7e%3d&a&c+d=e%2b"), "a=&a=~%3D&b=2&c%2Bd=e%2B");
  EXPECT_EQ(canonical_query("X-Amz-Signature=00&a=b"), "a=b");
}

}  // namespace
}  // namespace everseal::aws::sigv4
