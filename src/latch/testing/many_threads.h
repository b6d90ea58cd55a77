#pragma once

#include <atomic>
#include <barrier>
#include <cstddef>
#include <thread>
#include <vector>

namespace everseal {

// Calls work(thread), 0 and up, in so many threads at once; returns when all have ended.
template <class Work>
void in_threads(int threads, const Work& work) {
  std::vector<std::jthread> running;
  running.reserve(static_cast<std::size_t>(threads));
  for (int thread = 0; thread < threads; ++thread) {
    running.emplace_back([&work, thread] { work(thread); });
  }
}

// Asks holds(thread, round) in so many threads, which begin each round together: how often it was
// false.
template <class Holds>
int failures_of_meeting_threads(int threads, int rounds, const Holds& holds) {
  std::barrier together(threads);
  std::atomic<int> failures = 0;
  in_threads(threads, [&](int thread) {
    for (int round = 0; round < rounds; ++round) {
      together.arrive_and_wait();
      if (!holds(thread, round)) ++failures;
    }
  });
  return failures;
}

}  // namespace everseal
