#pragma once

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <vector>

#include "clients.h"
#include "processors.h"

// Whoever is compared takes turns in short rounds, so that a noisy machine disturbs all alike, and
// the median of the rounds counts.
namespace everseal::bench {

inline constexpr std::chrono::milliseconds round_length{250};

// Of the seconds that each measurement is to take.
inline int rounds_of(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 5;
  return std::max(1, static_cast<int>(seconds * 1000 / static_cast<double>(round_length.count())));
}

inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.empty() ? 0 : values[values.size() / 2];
}

// One that is measured: what it answered, and what that cost its process.
class Measured {
 public:
  template <class Work>
  void round(pid_t process, Work&& work) {
    const double before = processor_time(process);
    const Load load = work();
    failed_ += load.failed;
    if (load.answered == 0) return;
    const auto answered = static_cast<double>(load.answered);
    rates_.push_back(answered / load.seconds);
    costs_.push_back((processor_time(process) - before) / answered);
  }
  double per_second() const { return median(rates_); }
  double microseconds() const { return median(costs_); }  // of the processor, each
  // What one costs beside what it costs `other`, each round by itself.
  double ratio_to(const Measured& other) const {
    std::vector<double> ratios;
    for (std::size_t at = 0; at < std::min(costs_.size(), other.costs_.size()); ++at) {
      ratios.push_back(costs_[at] / other.costs_[at]);
    }
    return median(ratios);
  }
  std::uint64_t failed() const { return failed_; }
  std::size_t rounds() const { return costs_.size(); }

 private:
  std::vector<double> rates_;
  std::vector<double> costs_;
  std::uint64_t failed_ = 0;
};

}  // namespace everseal::bench
