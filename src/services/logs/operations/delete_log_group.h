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
#include "services/logs/shapes.h"
#include "sql/database.h"

namespace everseal::logs {

// DeleteLogGroup: the group, its streams and its events are seen by nobody from now on; what they
// take on the disk is free a little later.
struct DeleteLogGroup {
  static constexpr std::string_view name = "DeleteLogGroup";
  using Request = GroupRequest;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::logs
