#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace everseal::aws::endpoint {

// How long requests may take, in seconds: the upper bounds of the histogram's buckets.
inline constexpr std::array<double, 12> duration_bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                        0.05,   0.1,   0.25,   1.0,   5.0,  30.0};

// What was counted for one operation since the start.
struct OperationSample {
  std::string_view service;              // "acm"; "-" for what no service was found for
  std::string_view operation;            // "DescribeCertificate"; "-"
  std::map<int, std::uint64_t> answers;  // by HTTP status
  // Requests up to each bound, and in the last place those above all; not cumulative.
  std::array<std::uint64_t, duration_bounds.size() + 1> durations{};
  double seconds = 0;  // all durations together
};

// Counts requests by service, operation and status. Thread-safe and without a lock.
class RequestMetrics {
 public:
  class Counter {
   public:
    void count(int status, std::chrono::microseconds duration);

   private:
    friend class RequestMetrics;
    // Statuses 200 to 599.
    std::array<std::atomic<std::uint64_t>, 400> answers_{};
    std::array<std::atomic<std::uint64_t>, duration_bounds.size() + 1> durations_{};
    std::atomic<std::uint64_t> micros_{0};
  };

  // All operations that will be counted, by (service, operation): literals. Those not known are
  // counted as "-".
  explicit RequestMetrics(
      const std::vector<std::pair<std::string_view, std::string_view>>& operations);

  // Good for as long as this lives.
  Counter& of(std::string_view service, std::string_view operation);
  // Those that were ever asked for.
  std::vector<OperationSample> samples() const;

 private:
  std::map<std::pair<std::string_view, std::string_view>, std::unique_ptr<Counter>> counters_;
};

}  // namespace everseal::aws::endpoint
