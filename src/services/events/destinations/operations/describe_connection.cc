#include "services/events/destinations/operations/describe_connection.h"

#include "services/events/destinations/authorization.h"
#include "services/events/destinations/own.h"

namespace everseal::events::destinations {

aws::Access DescribeConnection::access(const Request& request, const aws::Call& call) const {
  return access_to_connection(database, name_of(call, request.name));
}

Result<DescribeConnection::Response, ApiError> DescribeConnection::operator()(
    const Request& request, const aws::Call& call) const {
  const auto connection = database.read(
      [&](sql::Snapshot& view) { return own_connection(view, name_of(call, request.name)); });
  if (!connection) return connection.error();
  Response response{.arn = connection->arn,
                    .connection = connection->name.name,
                    .description = connection->description,
                    .state = connection->state,
                    .state_reason = connection->state_reason,
                    .type = connection->type,
                    .authorization = {},
                    .created_at = connection->created_at,
                    .modified_at = connection->modified_at,
                    .authorized_at = connection->authorized_at};
  if (!connection->sealed) return response;
  const auto authorization = open(vault, connection->arn, *connection->sealed);
  if (!authorization) return authorization.error();
  response.authorization = shown(*authorization);
  return response;
}

}  // namespace everseal::events::destinations
