#pragma once

#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/events/destinations/answers.h"
#include "services/events/destinations/tokens.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// DeauthorizeConnection: its parameters and secrets are removed. Events for it wait for an
// UpdateConnection, as long as their rules let them.
struct DeauthorizeConnection {
  static constexpr std::string_view name = "DeauthorizeConnection";
  using Request = NameRequest;
  using Response = ConnectionAnswer;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Tokens& tokens;
};

}  // namespace everseal::events::destinations
