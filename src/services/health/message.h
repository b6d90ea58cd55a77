#pragma once

#include <string>
#include <string_view>

#include "clock/clock.h"
#include "result/result.h"
#include "services/health/event.h"
#include "sql/database.h"

namespace everseal::health {

inline constexpr std::string_view kDetailType = "AWS Health Event";
inline constexpr std::string_view kSource = "aws.health";

// The detail of the event with which EventBridge delivers it: a JSON object.
std::string message_of(const Event& event);

// Who delivers it. Thread-safe; called in the transaction that stores the event.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual Outcome tell(sql::Transaction& tx, const Event& event) = 0;
};

}  // namespace everseal::health
