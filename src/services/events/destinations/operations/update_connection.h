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
#include "result/result.h"
#include "services/events/destinations/answers.h"
#include "services/events/destinations/settings.h"
#include "services/events/destinations/shapes.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// UpdateConnection: what is left out stays. It is authorized anew.
struct UpdateConnection {
  static constexpr std::string_view name = "UpdateConnection";
  struct Request {
    std::string connection;
    std::optional<std::string> description;
    std::optional<AuthorizationType> type;
    std::optional<AuthorizationChange> change;
    std::optional<shapes::Connectivity> connectivity;
    std::optional<std::string> kms_key;
    static constexpr auto fields =
        std::tuple{shapes::name(&Request::connection),
                   shapes::description(&Request::description),
                   aws::optional("AuthorizationType", &Request::type),
                   aws::optional("AuthParameters", &Request::change),
                   aws::optional("InvocationConnectivityParameters", &Request::connectivity),
                   shapes::kms_key(&Request::kms_key)};
  };
  using Response = ConnectionAnswer;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException. ValidationException: as CreateConnection; another type without all
  // of its parameters.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  const keys::Vault& vault;
  const Settings& settings;

 private:
  Result<void, ApiError> authorize_anew(const Request& request, Connection& connection) const;
};

}  // namespace everseal::events::destinations
