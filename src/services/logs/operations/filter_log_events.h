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

// FilterLogEvents: those of all or some streams of a group that match a pattern (filter_pattern.h),
// in order of time. A page may be empty while there is more.
struct FilterLogEvents {
  static constexpr std::string_view name = "FilterLogEvents";
  struct Request {
    std::optional<std::string> log_group_name{};
    std::optional<std::string> log_group_identifier{};
    std::vector<std::string> log_stream_names{};
    std::optional<std::string> log_stream_name_prefix{};
    std::optional<std::int64_t> start_time{};
    std::optional<std::int64_t> end_time{};
    std::optional<std::string> filter_pattern{};
    std::optional<std::string> next_token{};
    std::optional<std::int64_t> limit{};
    static constexpr auto fields =
        std::tuple{optional_group_field(&Request::log_group_name),
                   identifier_field(&Request::log_group_identifier),
                   aws::optional("logStreamNames", &Request::log_stream_names, aws::length(1, 100),
                                 aws::each(aws::length(1, 512), aws::pattern(stream_pattern))),
                   aws::optional("logStreamNamePrefix", &Request::log_stream_name_prefix,
                                 aws::length(1, 512), aws::pattern(stream_pattern)),
                   aws::optional("startTime", &Request::start_time, moments),
                   aws::optional("endTime", &Request::end_time, moments),
                   aws::optional("filterPattern", &Request::filter_pattern, aws::length(0, 1024)),
                   aws::optional("nextToken", &Request::next_token, aws::length(1, 30'000)),
                   aws::optional("limit", &Request::limit, aws::range(1, largest_event_page))};
  };
  struct FilteredLogEvent {
    std::string log_stream_name;
    std::int64_t timestamp = 0;
    std::string message;
    std::int64_t ingestion_time = 0;
    std::string event_id;
    static constexpr auto fields =
        std::tuple{aws::required("logStreamName", &FilteredLogEvent::log_stream_name),
                   aws::required("timestamp", &FilteredLogEvent::timestamp),
                   aws::required("message", &FilteredLogEvent::message),
                   aws::required("ingestionTime", &FilteredLogEvent::ingestion_time),
                   aws::required("eventId", &FilteredLogEvent::event_id)};
  };
  struct SearchedLogStream {
    std::string log_stream_name;
    bool searched_completely = false;
    static constexpr auto fields =
        std::tuple{aws::required("logStreamName", &SearchedLogStream::log_stream_name),
                   aws::required("searchedCompletely", &SearchedLogStream::searched_completely)};
  };
  struct Response {
    std::vector<FilteredLogEvent> events;
    std::vector<SearchedLogStream> searched_log_streams;  // always empty, as AWS has it now
    std::optional<std::string> next_token;
    static constexpr auto fields =
        std::tuple{aws::always("events", &Response::events),
                   aws::always("searchedLogStreams", &Response::searched_log_streams),
                   aws::optional("nextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: the group, or a stream that is named. InvalidParameterException: the
  // pattern; no token of this group; names and a prefix.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::logs
