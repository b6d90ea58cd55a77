#include "services/events/destinations/operations/deauthorize_connection.h"

#include "services/events/destinations/connection_store.h"
#include "services/events/destinations/own.h"

namespace everseal::events::destinations {

aws::Access DeauthorizeConnection::access(const Request& request, const aws::Call& call) const {
  return access_to_connection(database, name_of(call, request.name));
}

Result<DeauthorizeConnection::Response, ApiError> DeauthorizeConnection::operator()(
    const Request& request, const aws::Call& call) const {
  auto answer = database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    auto connection = own_connection(tx, name_of(call, request.name));
    if (!connection) return connection.error();
    connection->sealed.reset();
    connection->state = ConnectionState::Deauthorized;
    connection->state_reason.reset();
    connection->modified_at = clock.now();
    if (const auto changed = change_connection(tx, *connection); !changed) return changed.error();
    return ConnectionAnswer::about(*connection);
  });
  if (answer) tokens.forget_all_of(answer->arn);
  return answer;
}

}  // namespace everseal::events::destinations
