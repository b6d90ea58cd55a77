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

// DeleteLogStream: as DeleteLogGroup, of one stream.
struct DeleteLogStream {
  static constexpr std::string_view name = "DeleteLogStream";
  using Request = StreamRequest;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::logs
