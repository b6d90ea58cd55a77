#include "latch/doorbell.h"

#include <gtest/gtest.h>

#include <atomic>

#include "latch/testing/many_threads.h"

namespace everseal {
namespace {

using namespace std::chrono_literals;

TEST(Doorbell, that_rang_since_it_was_asked_lets_nobody_sleep) {
  Doorbell bell;
  const auto asked = bell.rings();
  bell.ring_for_one();
  bell.wait(asked);
  bell.wait(asked, 1h);
}

TEST(Doorbell, lets_who_waits_no_longer_than_that_go) {
  Doorbell bell;
  bell.wait(bell.rings(), 1ms);
}

TEST(Doorbell, rings_for_all) {
  constexpr int sleepers = 4;
  Doorbell bell;
  std::atomic<bool> done = false;
  std::atomic<int> looked = 0;
  in_threads(sleepers + 1, [&](int thread) {
    if (thread < sleepers) {
      const auto asked = bell.rings();
      ++looked;
      while (!done) bell.wait(asked);
    } else {
      while (looked < sleepers) std::this_thread::yield();
      done = true;
      bell.ring_for_all();
    }
  });
}

// Nothing else wakes anybody: a ring that is lost stops the test.
TEST(Doorbell, wakes_somebody_for_each_piece_of_work) {
  constexpr int workers = 4;
  constexpr int givers = 3;
  constexpr int rounds = 20'000;
  constexpr int all = givers * rounds;
  Doorbell bell;
  std::atomic<int> handed_in = 0;
  std::atomic<int> done = 0;
  const auto take = [&] {
    int waiting = handed_in;
    while (waiting > 0 && !handed_in.compare_exchange_weak(waiting, waiting - 1)) {
    }
    return waiting > 0;
  };
  const auto give = [&] {
    for (int round = 1; round <= rounds; ++round) {
      ++handed_in;
      bell.ring_for_one();
      for (int now = done; now < round * givers; now = done) done.wait(now);
    }
  };
  const auto work = [&] {
    while (done < all) {
      const auto asked = bell.rings();
      if (take()) {
        if (++done == all) bell.ring_for_all();
        done.notify_all();
      } else if (done < all) {
        bell.wait(asked);
      }
    }
  };
  in_threads(workers + givers, [&](int thread) { thread < workers ? work() : give(); });
  EXPECT_EQ(done, all);
}

}  // namespace
}  // namespace everseal
