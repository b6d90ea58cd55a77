#pragma once

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
#include "services/events/archives/replay.h"
#include "sql/database.h"

namespace everseal::events {

// DescribeReplay: a replay, and how far it has come. It is there for 90 days after its end.
struct DescribeReplay {
  static constexpr std::string_view name = "DescribeReplay";
  using Request = shapes::ReplayRequest;
  struct Response {
    std::string replay_name;
    std::string replay_arn;
    std::optional<std::string> description;
    archives::ReplayState state = archives::ReplayState::Starting;
    std::optional<std::string> state_reason;
    std::string event_source_arn;
    shapes::ReplayDestination destination;
    TimePoint event_start_time;
    TimePoint event_end_time;
    std::optional<TimePoint> event_last_replayed_time;
    TimePoint replay_start_time;
    std::optional<TimePoint> replay_end_time;
    static constexpr auto fields =
        std::tuple{aws::always("ReplayName", &Response::replay_name),
                   aws::always("ReplayArn", &Response::replay_arn),
                   aws::optional("Description", &Response::description),
                   aws::always("State", &Response::state),
                   aws::optional("StateReason", &Response::state_reason),
                   aws::always("EventSourceArn", &Response::event_source_arn),
                   aws::always("Destination", &Response::destination),
                   aws::always("EventStartTime", &Response::event_start_time),
                   aws::always("EventEndTime", &Response::event_end_time),
                   aws::optional("EventLastReplayedTime", &Response::event_last_replayed_time),
                   aws::always("ReplayStartTime", &Response::replay_start_time),
                   aws::optional("ReplayEndTime", &Response::replay_end_time)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
