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

// GetLogEvents: those of one stream in order of time, from its end or from its head, forwards and
// backwards. A token that is given back is the end in that direction, until more comes.
struct GetLogEvents {
  static constexpr std::string_view name = "GetLogEvents";
  struct Request {
    std::optional<std::string> log_group_name{};
    std::optional<std::string> log_group_identifier{};
    std::string log_stream_name{};
    std::optional<std::int64_t> start_time{};
    std::optional<std::int64_t> end_time{};
    std::optional<std::string> next_token{};
    std::optional<std::int64_t> limit{};
    std::optional<bool> start_from_head{};
    static constexpr auto fields =
        std::tuple{optional_group_field(&Request::log_group_name),
                   identifier_field(&Request::log_group_identifier),
                   stream_field(&Request::log_stream_name),
                   aws::optional("startTime", &Request::start_time, moments),
                   aws::optional("endTime", &Request::end_time, moments),
                   aws::optional("nextToken", &Request::next_token, aws::length(1, 30'000)),
                   aws::optional("limit", &Request::limit, aws::range(1, largest_event_page)),
                   aws::optional("startFromHead", &Request::start_from_head)};
  };
  struct OutputLogEvent {
    std::int64_t timestamp = 0;
    std::string message;
    std::int64_t ingestion_time = 0;
    static constexpr auto fields =
        std::tuple{aws::required("timestamp", &OutputLogEvent::timestamp),
                   aws::required("message", &OutputLogEvent::message),
                   aws::required("ingestionTime", &OutputLogEvent::ingestion_time)};
  };
  struct Response {
    std::vector<OutputLogEvent> events;
    std::string next_forward_token;
    std::string next_backward_token;
    static constexpr auto fields =
        std::tuple{aws::always("events", &Response::events),
                   aws::required("nextForwardToken", &Response::next_forward_token),
                   aws::required("nextBackwardToken", &Response::next_backward_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException. InvalidParameterException: no token of this stream.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::logs
