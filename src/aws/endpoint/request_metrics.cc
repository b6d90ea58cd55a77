#include "aws/endpoint/request_metrics.h"

#include <algorithm>

namespace everseal::aws::endpoint {
namespace {

constexpr int least_status = 200;
constexpr int statuses = 400;
constexpr std::pair<std::string_view, std::string_view> unknown{"-", "-"};

std::size_t bucket_of(std::chrono::microseconds duration) {
  const double seconds = std::chrono::duration<double>(duration).count();
  const auto* bound = std::ranges::lower_bound(duration_bounds, seconds);
  return static_cast<std::size_t>(bound - duration_bounds.begin());
}

}  // namespace

void RequestMetrics::Counter::count(int status, std::chrono::microseconds duration) {
  const int index = std::clamp(status - least_status, 0, statuses - 1);
  answers_[static_cast<std::size_t>(index)].fetch_add(1, std::memory_order_relaxed);
  durations_[bucket_of(duration)].fetch_add(1, std::memory_order_relaxed);
  micros_.fetch_add(static_cast<std::uint64_t>(duration.count()), std::memory_order_relaxed);
}

RequestMetrics::RequestMetrics(
    const std::vector<std::pair<std::string_view, std::string_view>>& operations) {
  counters_.try_emplace(unknown, std::make_unique<Counter>());
  for (const auto& operation : operations) {
    counters_.try_emplace(operation, std::make_unique<Counter>());
  }
}

RequestMetrics::Counter& RequestMetrics::of(std::string_view service, std::string_view operation) {
  const auto found = counters_.find({service, operation});
  return found != counters_.end() ? *found->second : *counters_.at(unknown);
}

std::vector<OperationSample> RequestMetrics::samples() const {
  std::vector<OperationSample> samples;
  for (const auto& [name, counter] : counters_) {
    OperationSample sample{.service = name.first, .operation = name.second, .answers = {}};
    for (int i = 0; i < statuses; ++i) {
      const auto answers = counter->answers_[static_cast<std::size_t>(i)].load();
      if (answers > 0) sample.answers[least_status + i] = answers;
    }
    if (sample.answers.empty()) continue;
    for (std::size_t i = 0; i < sample.durations.size(); ++i) {
      sample.durations[i] = counter->durations_[i].load();
    }
    sample.seconds = static_cast<double>(counter->micros_.load()) / 1e6;
    samples.push_back(std::move(sample));
  }
  return samples;
}

}  // namespace everseal::aws::endpoint
