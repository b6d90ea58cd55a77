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
#include "keys/vault.h"
#include "random/random.h"
#include "result/result.h"
#include "services/events/destinations/answers.h"
#include "services/events/destinations/settings.h"
#include "services/events/destinations/shapes.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// CreateConnection: how requests to a system are authorized. One with OAuth is AUTHORIZING until
// the first token was fetched.
struct CreateConnection {
  static constexpr std::string_view name = "CreateConnection";
  struct Request {
    std::string connection;
    std::optional<std::string> description;
    AuthorizationType type = AuthorizationType::Basic;
    Authorization authorization;
    std::optional<shapes::Connectivity> connectivity;
    std::optional<std::string> kms_key;
    static constexpr auto fields =
        std::tuple{shapes::name(&Request::connection),
                   shapes::description(&Request::description),
                   aws::required("AuthorizationType", &Request::type),
                   aws::required("AuthParameters", &Request::authorization),
                   aws::optional("InvocationConnectivityParameters", &Request::connectivity),
                   shapes::kms_key(&Request::kms_key)};
  };
  using Response = ConnectionAnswer;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceAlreadyExistsException. LimitExceededException: 3000 connections. ValidationException:
  // parameters that are not of the type, an endpoint without TLS, private networks, keys of KMS.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
  const keys::Vault& vault;
  const Settings& settings;
};

}  // namespace everseal::events::destinations
