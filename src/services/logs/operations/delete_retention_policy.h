#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/logs/shapes.h"
#include "sql/database.h"

namespace everseal::logs {

// DeleteRetentionPolicy: events are kept for ever again.
struct DeleteRetentionPolicy {
  static constexpr std::string_view name = "DeleteRetentionPolicy";
  using Request = GroupRequest;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::logs
