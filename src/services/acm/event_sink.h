#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "result/result.h"
#include "services/acm/enums.h"
#include "sql/database.h"

namespace everseal::acm {

// One of ACM's own events, as EventBridge delivers it with the source aws.acm.
struct Event {
  std::string_view detail_type;  // a literal: "ACM Certificate Available"
  std::string certificate_arn;   // its only resource
  std::string account;
  std::string region;
  std::string detail;  // a JSON object
  TimePoint time;
};

// How a managed certificate's renewal stands, as AWS Health tells it.
struct RenewalNews {
  enum class Kind {
    Completed,    // notAfter is the new one's
    NeedsAction,  // an attempt failed, and reason says why
    EndsSoon,     // days before the end, not renewed; with the reason if an attempt failed
    Ended         // and was not renewed
  };
  Kind kind;
  std::string certificate_arn;
  std::string account;
  std::string region;
  std::string domain_name;
  std::size_t domains = 1;  // with the domain name
  TimePoint not_after;
  std::optional<FailureReason> reason;
  TimePoint time;
};

// Who hears what happened to a certificate. Thread-safe. Both are called inside the transaction of
// the change that they tell of, so that one is not there without the other; they only write rows.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual Outcome tell(sql::Transaction& tx, const Event& event) = 0;
  virtual Outcome tell(sql::Transaction& tx, const RenewalNews& news) = 0;
};

}  // namespace everseal::acm
