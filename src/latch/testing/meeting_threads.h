#pragma once

#include <atomic>
#include <barrier>
#include <thread>
#include <vector>

namespace everseal::testing {

// Asks holds(thread, round) in so many threads, which begin each round together: how often it was
// false. What `holds` uses is shared by all of them.
template <class Holds>
int failures_of_meeting_threads(int threads, int rounds, const Holds& holds) {
  std::barrier together(threads);
  std::atomic<int> failures = 0;
  std::vector<std::jthread> running;
  running.reserve(static_cast<std::size_t>(threads));
  for (int thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      for (int round = 0; round < rounds; ++round) {
        together.arrive_and_wait();
        if (!holds(thread, round)) ++failures;
      }
    });
  }
  running.clear();
  return failures;
}

}  // namespace everseal::testing
