#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/events/archive_shapes.h"
#include "sql/database.h"

namespace everseal::events {

// DescribeArchive: an archive, and how much it keeps at this moment.
struct DescribeArchive {
  static constexpr std::string_view name = "DescribeArchive";
  using Request = shapes::ArchiveRequest;
  struct Response {
    std::string archive_arn;
    std::string archive_name;
    std::string event_source_arn;
    std::optional<std::string> description;
    std::optional<std::string> event_pattern;
    archives::ArchiveState state = archives::ArchiveState::Enabled;
    std::int64_t retention_days = 0;
    std::int64_t size_bytes = 0;
    std::int64_t event_count = 0;
    TimePoint creation_time;
    static constexpr auto fields =
        std::tuple{aws::always("ArchiveArn", &Response::archive_arn),
                   aws::always("ArchiveName", &Response::archive_name),
                   aws::always("EventSourceArn", &Response::event_source_arn),
                   aws::optional("Description", &Response::description),
                   aws::optional("EventPattern", &Response::event_pattern),
                   aws::always("State", &Response::state),
                   aws::always("RetentionDays", &Response::retention_days),
                   aws::always("SizeBytes", &Response::size_bytes),
                   aws::always("EventCount", &Response::event_count),
                   aws::always("CreationTime", &Response::creation_time)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
