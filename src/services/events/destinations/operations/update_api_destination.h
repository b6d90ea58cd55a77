#pragma once

#include <cstdint>
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
#include "services/events/destinations/answers.h"
#include "services/events/destinations/settings.h"
#include "services/events/destinations/shapes.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// UpdateApiDestination: what is left out stays. Counts from the next attempt of each delivery on.
struct UpdateApiDestination {
  static constexpr std::string_view name = "UpdateApiDestination";
  struct Request {
    std::string destination;
    std::optional<std::string> description;
    std::optional<std::string> connection_arn;
    std::optional<std::string> endpoint;
    std::optional<HttpMethod> method;
    std::optional<std::int32_t> rate;
    static constexpr auto fields =
        std::tuple{shapes::name(&Request::destination),
                   shapes::description(&Request::description),
                   shapes::connection_arn(&Request::connection_arn),
                   shapes::endpoint("InvocationEndpoint", &Request::endpoint),
                   aws::optional("HttpMethod", &Request::method),
                   shapes::rate(&Request::rate)};
  };
  using Response = DestinationAnswer;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no such destination, or no such connection. ValidationException: an
  // endpoint without TLS.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  const Settings& settings;
};

}  // namespace everseal::events::destinations
