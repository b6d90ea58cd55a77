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
#include "result/result.h"
#include "services/logs/enums.h"
#include "services/logs/shapes.h"
#include "sql/database.h"

namespace everseal::logs {

// DescribeLogStreams: by name or by their last events, a page at a time.
struct DescribeLogStreams {
  static constexpr std::string_view name = "DescribeLogStreams";
  struct Request {
    std::optional<std::string> log_group_name{};
    std::optional<std::string> log_group_identifier{};
    std::optional<std::string> log_stream_name_prefix{};
    std::optional<OrderBy> order_by{};
    std::optional<bool> descending{};
    std::optional<std::string> next_token{};
    std::optional<std::int64_t> limit{};
    static constexpr auto fields =
        std::tuple{optional_group_field(&Request::log_group_name),
                   identifier_field(&Request::log_group_identifier),
                   aws::optional("logStreamNamePrefix", &Request::log_stream_name_prefix,
                                 aws::length(1, 512), aws::pattern(stream_pattern)),
                   aws::optional("orderBy", &Request::order_by),
                   aws::optional("descending", &Request::descending),
                   aws::optional("nextToken", &Request::next_token, aws::length(1, 30'000)),
                   aws::optional("limit", &Request::limit, aws::range(1, largest_page))};
  };
  struct LogStream {
    std::string log_stream_name;
    std::int64_t creation_time = 0;
    std::optional<std::int64_t> first_event_timestamp;
    std::optional<std::int64_t> last_event_timestamp;
    std::optional<std::int64_t> last_ingestion_time;
    std::string upload_sequence_token;
    std::string arn;
    std::int64_t stored_bytes = 0;
    static constexpr auto fields =
        std::tuple{aws::required("logStreamName", &LogStream::log_stream_name),
                   aws::required("creationTime", &LogStream::creation_time),
                   aws::optional("firstEventTimestamp", &LogStream::first_event_timestamp),
                   aws::optional("lastEventTimestamp", &LogStream::last_event_timestamp),
                   aws::optional("lastIngestionTime", &LogStream::last_ingestion_time),
                   aws::required("uploadSequenceToken", &LogStream::upload_sequence_token),
                   aws::required("arn", &LogStream::arn),
                   aws::required("storedBytes", &LogStream::stored_bytes)};
  };
  struct Response {
    std::vector<LogStream> log_streams;
    std::optional<std::string> next_token;
    static constexpr auto fields = std::tuple{aws::always("logStreams", &Response::log_streams),
                                              aws::optional("nextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException. InvalidParameterException: a prefix in the order of events; no token
  // of this listing.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::logs
