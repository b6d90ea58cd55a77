#include "services/events/destinations/operations/describe_api_destination.h"

#include "services/events/destinations/own.h"

namespace everseal::events::destinations {

aws::Access DescribeApiDestination::access(const Request& request, const aws::Call& call) const {
  return access_to_destination(database, name_of(call, request.name));
}

Result<DescribeApiDestination::Response, ApiError> DescribeApiDestination::operator()(
    const Request& request, const aws::Call& call) const {
  const auto destination = database.read(
      [&](sql::Snapshot& view) { return own_destination(view, name_of(call, request.name)); });
  if (!destination) return destination.error();
  return DescribedDestination{ListedDestination::about(*destination), destination->description};
}

}  // namespace everseal::events::destinations
