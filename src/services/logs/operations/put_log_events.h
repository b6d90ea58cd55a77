#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/logs/shapes.h"
#include "sql/database.h"

namespace everseal::logs {

// PutLogEvents: events of one stream, durable when answered. Those of a time that is too long ago
// or too far ahead are left out, and the answer says which.
struct PutLogEvents {
  static constexpr std::string_view name = "PutLogEvents";
  static constexpr std::size_t body_limit = 12 << 20;  // octets in JSON may be "\u0000"
  struct InputLogEvent {
    std::int64_t timestamp = 0;
    std::string message;
    static constexpr auto fields =
        std::tuple{aws::required("timestamp", &InputLogEvent::timestamp, moments),
                   aws::required("message", &InputLogEvent::message, aws::length(1, 1'048'576))};
  };
  struct Request {
    std::string log_group_name;
    std::string log_stream_name;
    std::vector<InputLogEvent> log_events;
    std::optional<std::string> sequence_token;
    static constexpr auto fields =
        std::tuple{group_field(&Request::log_group_name), stream_field(&Request::log_stream_name),
                   aws::required("logEvents", &Request::log_events, aws::length(1, 10'000)),
                   aws::optional("sequenceToken", &Request::sequence_token, aws::length(1, 1024))};
  };
  // Positions in the request: the first that is too new, and the ends of those too old and expired.
  struct Rejected {
    std::optional<std::int64_t> too_new_log_event_start_index;
    std::optional<std::int64_t> too_old_log_event_end_index;
    std::optional<std::int64_t> expired_log_event_end_index;
    static constexpr auto fields = std::tuple{
        aws::optional("tooNewLogEventStartIndex", &Rejected::too_new_log_event_start_index),
        aws::optional("tooOldLogEventEndIndex", &Rejected::too_old_log_event_end_index),
        aws::optional("expiredLogEventEndIndex", &Rejected::expired_log_event_end_index)};
  };
  struct Response {
    std::string next_sequence_token;
    std::optional<Rejected> rejected_log_events_info;
    static constexpr auto fields =
        std::tuple{aws::required("nextSequenceToken", &Response::next_sequence_token),
                   aws::optional("rejectedLogEventsInfo", &Response::rejected_log_events_info)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException. InvalidParameterException: more than 1 MiB, not in order of time, or
  // of more than a day.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::logs
