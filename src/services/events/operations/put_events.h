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
#include "random/random.h"
#include "result/result.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

// PutEvents: tells a bus, or several, what happened. Each entry is put or refused by itself; those
// that were put are durable when this answers.
struct PutEvents {
  static constexpr std::string_view name = "PutEvents";
  struct Entry {
    std::optional<TimePoint> time;
    std::optional<std::string> source;
    std::vector<std::string> resources;
    std::optional<std::string> detail_type;
    std::optional<std::string> detail;
    std::optional<std::string> event_bus_name;
    std::optional<std::string> trace_header;
    static constexpr auto fields =
        std::tuple{aws::optional("Time", &Entry::time),
                   aws::optional("Source", &Entry::source),
                   aws::optional("Resources", &Entry::resources, aws::each(aws::length(0, 2048))),
                   aws::optional("DetailType", &Entry::detail_type),
                   aws::optional("Detail", &Entry::detail),
                   shapes::bus_name(&Entry::event_bus_name),
                   aws::optional("TraceHeader", &Entry::trace_header, aws::length(1, 500))};
  };
  struct Request {
    std::vector<Entry> entries;
    std::optional<std::string> endpoint_id;
    static constexpr auto fields =
        std::tuple{aws::required("Entries", &Request::entries, aws::length(1, 10)),
                   aws::optional("EndpointId", &Request::endpoint_id, aws::length(1, 50))};
  };
  struct Outcome {
    std::optional<std::string> event_id;
    std::optional<std::string> error_code;
    std::optional<std::string> error_message;
    static constexpr auto fields =
        std::tuple{aws::optional("EventId", &Outcome::event_id),
                   aws::optional("ErrorCode", &Outcome::error_code),
                   aws::optional("ErrorMessage", &Outcome::error_message)};
  };
  struct Response {
    std::int32_t failed_entry_count = 0;
    std::vector<Outcome> entries;
    static constexpr auto fields =
        std::tuple{aws::always("FailedEntryCount", &Response::failed_entry_count),
                   aws::always("Entries", &Response::entries)};
  };

  // Of every bus that is named.
  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationException: more than 256 KB, or a global endpoint.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
};

}  // namespace everseal::events
