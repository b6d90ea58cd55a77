#pragma once

#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/events/destinations/answers.h"
#include "services/events/destinations/tokens.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// DeleteConnection: also if destinations use it, which are INACTIVE from then on.
struct DeleteConnection {
  static constexpr std::string_view name = "DeleteConnection";
  using Request = NameRequest;
  using Response = ConnectionAnswer;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Tokens& tokens;
};

}  // namespace everseal::events::destinations
