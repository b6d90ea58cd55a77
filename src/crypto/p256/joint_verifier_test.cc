#include "crypto/p256/joint_verifier.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <new>

#include "crypto/p256/known_claim.h"
#include "latch/testing/many_threads.h"

namespace everseal::crypto::p256 {
namespace {

std::atomic<int> proofs = 0;

// Proves the known claim and nothing else.
std::uint8_t proven_by_heart(const Claim* claims, int count) {
  EXPECT_LE(count, 8);
  ++proofs;
  unsigned proven = 0;
  for (int place = 0; place < count; ++place) {
    if (std::ranges::equal(claims[place].digest, known_claim.digest)) proven |= 1U << place;
  }
  return static_cast<std::uint8_t>(proven);
}

TEST(JointVerifier, asks_who_verifies_alone_when_nobody_else_has_a_claim) {
  JointVerifier verifier(proven_by_heart);
  int asked = 0;
  EXPECT_TRUE(verifier.verify(known_claim, [&] { return ++asked == 1; }));
  EXPECT_EQ(asked, 1);
}

TEST(JointVerifier, says_what_is_said_alone) {
  JointVerifier verifier(proven_by_heart);
  EXPECT_FALSE(verifier.verify(known_claim, [] { return false; }));
}

TEST(JointVerifier, passes_on_an_exception_and_goes_on) {
  JointVerifier verifier(proven_by_heart);
  EXPECT_THROW(verifier.verify(known_claim, []() -> bool { throw std::bad_alloc(); }),
               std::bad_alloc);
  EXPECT_TRUE(verifier.verify(known_claim, [] { return true; }));
}

bool answers_about_its_own_claim(JointVerifier& verifier, int thread, int round) {
  Claim claim = known_claim;
  const bool is_true = (thread + round) % 3 != 0;
  if (!is_true) claim.digest[thread] ^= 1;
  return verifier.verify(claim, [&] { return is_true; }) == is_true;
}

// Which of them meet is chance: they are asked until some have.
TEST(JointVerifier, answers_each_of_many_threads_about_its_own_claim) {
  JointVerifier verifier(proven_by_heart);
  proofs = 0;
  const auto is_answered = [&](int thread, int round) {
    return answers_about_its_own_claim(verifier, thread, round);
  };
  for (int attempt = 0; attempt < 100 && proofs == 0; ++attempt) {
    EXPECT_EQ(failures_of_meeting_threads(24, 50, is_answered), 0);
  }
  EXPECT_GT(proofs, 0);
}

TEST(JointVerifier, lets_everybody_verify_alone_where_there_is_no_prover) {
  JointVerifier verifier(nullptr);
  int asked = 0;
  EXPECT_TRUE(verifier.verify(known_claim, [&] { return ++asked == 1; }));
  EXPECT_EQ(asked, 1);
}

}  // namespace
}  // namespace everseal::crypto::p256
