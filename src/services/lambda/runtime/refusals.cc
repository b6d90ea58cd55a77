#include "services/lambda/runtime/refusals.h"

#include <cstddef>

namespace everseal::lambda::runtime {
namespace {

constexpr std::size_t most_told = 16;

}  // namespace

void Refusals::begin(const Event& event) {
  const std::lock_guard lock(mutex_);
  request_id_ = event.request_id;
  told_.clear();
}

void Refusals::tell(const sandbox::Refusal& refusal) {
  Incident incident{.function_arn = function_arn_, .request_id = {}, .refusal = refusal};
  {
    const std::lock_guard lock(mutex_);
    if (told_.size() > most_told || !told_.emplace(refusal.attempt, refusal.what).second) return;
    if (told_.size() > most_told) incident.refusal.what = "more than this invocation is told of";
    incident.request_id = request_id_;
  }
  if (tell_) tell_(incident);
}

}  // namespace everseal::lambda::runtime
