#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "services/lambda/runtime/event.h"
#include "services/lambda/sandbox/refusal.h"

namespace everseal::lambda::runtime {

// What a function was refused, and which invocation it was then: the last one, where it was between
// two; none before the first.
struct Incident {
  std::string function_arn;
  std::string request_id;
  sandbox::Refusal refusal;
};
// Thread-safe.
using TellIncident = std::function<void(const Incident&)>;

// The refusals of one environment: each is told once an invocation, and not without end.
// Thread-safe.
class Refusals {
 public:
  // `tell` may be empty.
  Refusals(std::string function_arn, TellIncident tell)
      : function_arn_(std::move(function_arn)), tell_(std::move(tell)) {}

  // From now on this one runs.
  void begin(const Event& event);
  void tell(const sandbox::Refusal& refusal);

 private:
  using Known = std::set<std::pair<sandbox::Attempt, std::string>>;

  const std::string function_arn_;
  const TellIncident tell_;
  std::mutex mutex_;
  std::string request_id_;  // guarded by mutex_
  Known told_;              // guarded by mutex_
};

}  // namespace everseal::lambda::runtime
