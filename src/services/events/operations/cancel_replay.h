#pragma once

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

// CancelReplay: no further event is put on the bus; those that were are delivered.
struct CancelReplay {
  static constexpr std::string_view name = "CancelReplay";
  using Request = shapes::ReplayRequest;
  struct Response {
    std::string replay_arn;
    archives::ReplayState state = archives::ReplayState::Cancelling;
    static constexpr auto fields = std::tuple{aws::always("ReplayArn", &Response::replay_arn),
                                              aws::always("State", &Response::state)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException. IllegalStatusException: it has ended, or is being cancelled.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::events
