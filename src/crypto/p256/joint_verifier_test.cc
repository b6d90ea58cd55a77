#include "crypto/p256/joint_verifier.h"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <new>
#include <thread>
#include <vector>

#include "crypto/p256/known_claim.h"

namespace everseal::crypto::p256 {
namespace {

TEST(JointVerifier, asks_who_verifies_alone_when_nobody_else_has_a_claim) {
  JointVerifier verifier;
  int asked = 0;
  EXPECT_TRUE(verifier.verify(known_claim, [&] { return ++asked == 1; }));
  EXPECT_EQ(asked, 1);
}

TEST(JointVerifier, says_what_is_said_alone) {
  JointVerifier verifier;
  EXPECT_FALSE(verifier.verify(known_claim, [] { return false; }));
}

TEST(JointVerifier, passes_on_an_exception_and_goes_on) {
  JointVerifier verifier;
  EXPECT_THROW(verifier.verify(known_claim, []() -> bool { throw std::bad_alloc(); }),
               std::bad_alloc);
  EXPECT_TRUE(verifier.verify(known_claim, [] { return true; }));
}

// Whether they meet is chance: each of them has to get its own answer in any case.
TEST(JointVerifier, answers_each_of_many_threads_about_its_own_claim) {
  constexpr int threads = 24;
  constexpr int rounds = 50;
  JointVerifier verifier;
  std::barrier together(threads);
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> running;
  running.reserve(threads);
  for (int thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      for (int round = 0; round < rounds; ++round) {
        together.arrive_and_wait();
        Claim claim = known_claim;
        const bool is_true = (thread + round) % 3 != 0;
        if (!is_true) claim.digest[thread] ^= 1;
        const bool answer = verifier.verify(claim, [&] { return is_true; });
        if (answer != is_true) ++wrong;
      }
    });
  }
  running.clear();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace everseal::crypto::p256
