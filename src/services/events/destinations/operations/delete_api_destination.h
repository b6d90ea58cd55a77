#pragma once

#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/events/destinations/answers.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// DeleteApiDestination: what waits for it becomes dead letters.
struct DeleteApiDestination {
  static constexpr std::string_view name = "DeleteApiDestination";
  using Request = NameRequest;
  using Response = aws::Empty;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events::destinations
