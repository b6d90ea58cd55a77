#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "clock/clock.h"
#include "services/events/shapes.h"

// What EventBridge asks of those that events are delivered to.
namespace everseal::events {

// One event on its way to one target.
struct Delivery {
  std::string event_id;  // the same on each attempt
  std::string rule_arn;
  std::string target_arn;
  std::optional<std::string> role_arn;
  std::string event;    // as it was put
  std::string payload;  // the same, or what the target's Input... made of it
  int hops = 0;         // buses and functions that the event has come by
  std::optional<shapes::HttpParameters> http{};
  std::optional<shapes::SqsParameters> sqs{};
};

struct Delivered {};
// Later may work: throttled, timed out, broken.
struct TryAgain {
  std::string error_code;  // "THROTTLING", "TIMEOUT": the attribute of a dead letter
  std::string message;
  std::optional<std::chrono::milliseconds> after{};  // not before: Retry-After
};
// It will never work: no such target, no permission, an event that it does not take.
struct Refused {
  std::string error_code;  // "NO_RESOURCE", "NO_PERMISSIONS"
  std::string message;
};
// It was not tried, and that is no attempt: the target takes no more at once.
struct NotYet {
  TimePoint at;  // when to ask again
};
using DeliveryOutcome = std::variant<Delivered, TryAgain, Refused, NotYet>;

// Targets of one kind. Thread-safe.
class TargetKind {
 public:
  virtual ~TargetKind() = default;
  // Whether it is for this kind, by the ARN alone.
  virtual bool takes(std::string_view target_arn) const = 0;
  // Whether its targets may have Input, InputPath or InputTransformer.
  virtual bool takes_input() const { return true; }
  // Waits no longer than some seconds; called from a job, perhaps twice for one delivery.
  virtual DeliveryOutcome deliver(const Delivery& delivery) = 0;
};

// All kinds there are; asked in order.
class Targets {
 public:
  // Before the first event; `kind` outlives this.
  void add(TargetKind& kind) { kinds_.push_back(&kind); }
  // Null: nobody takes it.
  TargetKind* find(std::string_view target_arn) const {
    for (auto* kind : kinds_) {
      if (kind->takes(target_arn)) return kind;
    }
    return nullptr;
  }

 private:
  std::vector<TargetKind*> kinds_;
};

}  // namespace everseal::events
