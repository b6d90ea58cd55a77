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
#include "services/events/archive_shapes.h"
#include "sql/database.h"

namespace everseal::events {

// ListArchives: those of the account in the region, by name.
struct ListArchives {
  static constexpr std::string_view name = "ListArchives";
  struct Request {
    std::optional<std::string> name_prefix{};
    std::optional<std::string> event_source_arn{};
    std::optional<archives::ArchiveState> state{};
    std::optional<std::string> next_token{};
    std::optional<std::int32_t> limit{};
    static constexpr auto fields = std::tuple{
        aws::optional("NamePrefix", &Request::name_prefix, aws::length(1, 48),
                      aws::pattern(shapes::kName)),
        aws::optional("EventSourceArn", &Request::event_source_arn, aws::length(1, 1600)),
        aws::optional("State", &Request::state), shapes::next_token(&Request::next_token),
        shapes::limit(&Request::limit)};
  };
  struct Item {
    std::string archive_name;
    std::string event_source_arn;
    archives::ArchiveState state = archives::ArchiveState::Enabled;
    std::int64_t retention_days = 0;
    std::int64_t size_bytes = 0;
    std::int64_t event_count = 0;
    TimePoint creation_time;
    static constexpr auto fields =
        std::tuple{aws::always("ArchiveName", &Item::archive_name),
                   aws::always("EventSourceArn", &Item::event_source_arn),
                   aws::always("State", &Item::state),
                   aws::always("RetentionDays", &Item::retention_days),
                   aws::always("SizeBytes", &Item::size_bytes),
                   aws::always("EventCount", &Item::event_count),
                   aws::always("CreationTime", &Item::creation_time)};
  };
  struct Response {
    std::vector<Item> archives;
    std::optional<std::string> next_token;
    static constexpr auto fields = std::tuple{aws::always("Archives", &Response::archives),
                                              aws::optional("NextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationException: more than one filter, or the token is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
