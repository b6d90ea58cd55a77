#include "services/events/destinations/operations/delete_api_destination.h"

#include "services/events/destinations/api_destination_store.h"
#include "services/events/destinations/own.h"

namespace everseal::events::destinations {

aws::Access DeleteApiDestination::access(const Request& request, const aws::Call& call) const {
  return access_to_destination(database, name_of(call, request.name));
}

Result<DeleteApiDestination::Response, ApiError> DeleteApiDestination::operator()(
    const Request& request, const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto destination = own_destination(tx, name_of(call, request.name));
    if (!destination) return destination.error();
    const auto removed = remove_destination(tx, destination->id);
    if (!removed) return removed.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::events::destinations
