#include "secret/secret.h"

#include <gtest/gtest.h>

#include <utility>

namespace everseal {
namespace {

TEST(SecretBytes, reveals_what_it_was_given) {
  EXPECT_EQ(SecretBytes::copy_of("hush").reveal_text(), "hush");
}

TEST(SecretBytes, leaves_nothing_in_the_vector_it_took_over) {
  Bytes octets = to_bytes("hush");
  const SecretBytes secret(std::move(octets));
  EXPECT_TRUE(octets.empty());  // NOLINT(bugprone-use-after-move): that it is empty is the promise
}

TEST(SecretBytes, moves_and_leaves_nothing_behind) {
  auto first = SecretBytes::copy_of("hush");
  const SecretBytes second = std::move(first);
  EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that it is empty is the promise
  EXPECT_EQ(second.reveal_text(), "hush");
}

TEST(Wipe, overwrites_with_zeros) {
  Bytes octets = to_bytes("hush");
  wipe(octets);
  EXPECT_EQ(octets, Bytes(4, 0));
}

TEST(EqualInConstantTime, compares_content_and_length) {
  EXPECT_TRUE(equal_in_constant_time(as_bytes("abc"), as_bytes("abc")));
  EXPECT_FALSE(equal_in_constant_time(as_bytes("abc"), as_bytes("abd")));
  EXPECT_FALSE(equal_in_constant_time(as_bytes("abc"), as_bytes("abcd")));
}

}  // namespace
}  // namespace everseal
