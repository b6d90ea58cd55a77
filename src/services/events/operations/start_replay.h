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

// StartReplay: what an archive keeps of some time is put on its bus once more, by a job
// (replayer.h).
struct StartReplay {
  static constexpr std::string_view name = "StartReplay";
  struct Request {
    std::string replay_name;
    std::optional<std::string> description;
    std::string event_source_arn;
    TimePoint event_start_time;
    TimePoint event_end_time;
    shapes::ReplayDestination destination;
    static constexpr auto fields = std::tuple{
        shapes::replay_name(&Request::replay_name),
        shapes::description(&Request::description),
        aws::required("EventSourceArn", &Request::event_source_arn, aws::length(1, 1600)),
        aws::required("EventStartTime", &Request::event_start_time),
        aws::required("EventEndTime", &Request::event_end_time),
        aws::required("Destination", &Request::destination)};
  };
  struct Response {
    std::string replay_arn;
    archives::ReplayState state = archives::ReplayState::Starting;
    TimePoint replay_start_time;
    static constexpr auto fields = std::tuple{
        aws::always("ReplayArn", &Response::replay_arn), aws::always("State", &Response::state),
        aws::always("ReplayStartTime", &Response::replay_start_time)};
  };

  // To the replay, the archive and the bus.
  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no such bus, or a rule that is to hear it is not there.
  // ResourceAlreadyExistsException. LimitExceededException: ten that have not ended.
  // ValidationException: not an archive that is there, not its own bus, not a rule of that bus, or
  // an end that is not after the start.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::events
