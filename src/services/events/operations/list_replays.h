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
#include "services/events/archives/replay.h"
#include "sql/database.h"

namespace everseal::events {

// ListReplays: those of the account in the region, by name.
struct ListReplays {
  static constexpr std::string_view name = "ListReplays";
  struct Request {
    std::optional<std::string> name_prefix{};
    std::optional<archives::ReplayState> state{};
    std::optional<std::string> event_source_arn{};
    std::optional<std::string> next_token{};
    std::optional<std::int32_t> limit{};
    static constexpr auto fields = std::tuple{
        aws::optional("NamePrefix", &Request::name_prefix, aws::length(1, 64),
                      aws::pattern(shapes::kName)),
        aws::optional("State", &Request::state),
        aws::optional("EventSourceArn", &Request::event_source_arn, aws::length(1, 1600)),
        shapes::next_token(&Request::next_token), shapes::limit(&Request::limit)};
  };
  struct Item {
    std::string replay_name;
    std::string event_source_arn;
    archives::ReplayState state = archives::ReplayState::Starting;
    std::optional<std::string> state_reason;
    TimePoint event_start_time;
    TimePoint event_end_time;
    std::optional<TimePoint> event_last_replayed_time;
    TimePoint replay_start_time;
    std::optional<TimePoint> replay_end_time;
    static constexpr auto fields =
        std::tuple{aws::always("ReplayName", &Item::replay_name),
                   aws::always("EventSourceArn", &Item::event_source_arn),
                   aws::always("State", &Item::state),
                   aws::optional("StateReason", &Item::state_reason),
                   aws::always("EventStartTime", &Item::event_start_time),
                   aws::always("EventEndTime", &Item::event_end_time),
                   aws::optional("EventLastReplayedTime", &Item::event_last_replayed_time),
                   aws::always("ReplayStartTime", &Item::replay_start_time),
                   aws::optional("ReplayEndTime", &Item::replay_end_time)};
  };
  struct Response {
    std::vector<Item> replays;
    std::optional<std::string> next_token;
    static constexpr auto fields = std::tuple{aws::always("Replays", &Response::replays),
                                              aws::optional("NextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationException: more than one filter, or the token is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
