#include "services/events/destinations/operations/delete_connection.h"

#include "services/events/destinations/connection_store.h"
#include "services/events/destinations/own.h"

namespace everseal::events::destinations {

aws::Access DeleteConnection::access(const Request& request, const aws::Call& call) const {
  return access_to_connection(database, name_of(call, request.name));
}

Result<DeleteConnection::Response, ApiError> DeleteConnection::operator()(
    const Request& request, const aws::Call& call) const {
  auto answer = database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    auto connection = own_connection(tx, name_of(call, request.name));
    if (!connection) return connection.error();
    const auto removed = remove_connection(tx, connection->id);
    if (!removed) return removed.error();
    connection->state = ConnectionState::Deleting;
    return ConnectionAnswer::about(*connection);
  });
  if (answer) tokens.forget_all_of(answer->arn);
  return answer;
}

}  // namespace everseal::events::destinations
