#include "services/events/destinations/operations/update_api_destination.h"

#include "services/events/destinations/api_destination_store.h"
#include "services/events/destinations/endpoint.h"
#include "services/events/destinations/errors.h"
#include "services/events/destinations/own.h"

namespace everseal::events::destinations {

aws::Access UpdateApiDestination::access(const Request& request, const aws::Call& call) const {
  auto access = access_to_destination(database, name_of(call, request.destination));
  if (request.connection_arn) access.resources.push_back(*request.connection_arn);
  return access;
}

Result<UpdateApiDestination::Response, ApiError> UpdateApiDestination::operator()(
    const Request& request, const aws::Call& call) const {
  if (request.endpoint) {
    if (const auto refused = refuse_endpoint(*request.endpoint, settings))
      return invalid_parameter("InvocationEndpoint", *refused);
  }
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    auto destination = own_destination(tx, name_of(call, request.destination));
    if (!destination) return destination.error();
    if (request.connection_arn) {
      const auto connection = own_connection(tx, call, *request.connection_arn);
      if (!connection) return connection.error();
      destination->connection_arn = connection->arn;
    }
    if (request.description) destination->description = request.description;
    destination->endpoint = request.endpoint.value_or(destination->endpoint);
    destination->method = request.method.value_or(destination->method);
    destination->rate = request.rate.value_or(destination->rate);
    destination->modified_at = clock.now();
    if (const auto changed = change_destination(tx, *destination); !changed) return changed.error();
    const auto written = own_destination(tx, destination->name);
    if (!written) return written.error();
    return DestinationAnswer::about(*written);
  });
}

}  // namespace everseal::events::destinations
