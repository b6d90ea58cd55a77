#include "services/events/destinations/operations/update_connection.h"

#include "services/events/destinations/authorization.h"
#include "services/events/destinations/authorizing.h"
#include "services/events/destinations/connection_store.h"
#include "services/events/destinations/errors.h"
#include "services/events/destinations/own.h"

namespace everseal::events::destinations {

namespace {

Result<std::optional<Authorization>> opened(const keys::Vault& vault,
                                            const Connection& connection) {
  if (!connection.sealed) return std::optional<Authorization>();
  auto authorization = open(vault, connection.arn, *connection.sealed);
  if (!authorization) return authorization.error();
  return std::optional(*std::move(authorization));
}

}  // namespace

aws::Access UpdateConnection::access(const Request& request, const aws::Call& call) const {
  return access_to_connection(database, name_of(call, request.connection));
}

Result<void, ApiError> UpdateConnection::authorize_anew(const Request& request,
                                                        Connection& connection) const {
  auto before = opened(vault, connection);
  if (!before) return before.error();
  connection.type = request.type.value_or(connection.type);
  const auto after =
      changed(*std::move(before), connection.type, request.change.value_or(AuthorizationChange{}));
  if (!after) return after.error();
  if (auto refused = refuse(connection.type, *after, settings)) return *refused;
  auto sealed = seal(vault, connection.arn, *after);
  if (!sealed) return sealed.error();
  connection.sealed = *std::move(sealed);
  connection.state = first_state(connection.type);
  connection.state_reason.reset();
  if (connection.state == ConnectionState::Authorized) connection.authorized_at = clock.now();
  return {};
}

Result<UpdateConnection::Response, ApiError> UpdateConnection::operator()(
    const Request& request, const aws::Call& call) const {
  if (request.connectivity || request.kms_key) return not_supported_in_connections();
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    auto connection = own_connection(tx, name_of(call, request.connection));
    if (!connection) return connection.error();
    if (request.description) connection->description = request.description;
    if (request.type || request.change) {
      const auto done = authorize_anew(request, *connection);
      if (!done) return done.error();
    }
    connection->modified_at = clock.now();
    if (const auto changed = change_connection(tx, *connection); !changed) return changed.error();
    const auto promised = promise_authorization(tx, connection->id, clock.now());
    if (!promised) return promised.error();
    return ConnectionAnswer::about(*connection);
  });
}

}  // namespace everseal::events::destinations
