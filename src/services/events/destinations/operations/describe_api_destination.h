#pragma once

#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/events/destinations/answers.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// DescribeApiDestination: ACTIVE if its connection is there and authorized.
struct DescribeApiDestination {
  static constexpr std::string_view name = "DescribeApiDestination";
  using Request = NameRequest;
  using Response = DescribedDestination;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events::destinations
