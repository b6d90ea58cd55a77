#include "services/events/destinations/operations/create_api_destination.h"

#include "services/events/destinations/api_destination_store.h"
#include "services/events/destinations/endpoint.h"
#include "services/events/destinations/errors.h"
#include "services/events/destinations/own.h"
#include "services/events/errors.h"

namespace everseal::events::destinations {

namespace {

Result<void, ApiError> make_room(sql::Snapshot& view, const Name& name) {
  const auto found = find_destination(view, name);
  if (!found) return found.error();
  if (*found) return destination_exists(name.name);
  const auto all = count_destinations(view, name);
  if (!all) return all.error();
  if (*all >= kMostDestinations) return over_limit();
  return {};
}

}  // namespace

aws::Access CreateApiDestination::access(const Request& request, const aws::Call& call) const {
  auto access = access_to_destination(database, name_of(call, request.destination));
  access.resources.push_back(request.connection_arn);
  return access;
}

Result<CreateApiDestination::Response, ApiError> CreateApiDestination::operator()(
    const Request& request, const aws::Call& call) const {
  if (const auto refused = refuse_endpoint(request.endpoint, settings))
    return invalid_parameter("InvocationEndpoint", *refused);
  ApiDestination made{.name = name_of(call, request.destination),
                      .arn = {},
                      .description = request.description,
                      .connection_arn = request.connection_arn,
                      .endpoint = request.endpoint,
                      .method = request.method,
                      .rate = request.rate.value_or(kUsualRate),
                      .created_at = clock.now(),
                      .modified_at = clock.now()};
  made.arn = api_destination_arn(made.name, random_uuid(random));
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    if (const auto room = make_room(tx, made.name); !room) return room.error();
    const auto connection = own_connection(tx, call, request.connection_arn);
    if (!connection) return connection.error();
    if (const auto added = add_destination(tx, made); !added) return added.error();
    const auto written = own_destination(tx, made.name);
    if (!written) return written.error();
    return DestinationAnswer::about(*written);
  });
}

}  // namespace everseal::events::destinations
