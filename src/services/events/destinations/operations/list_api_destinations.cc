#include "services/events/destinations/operations/list_api_destinations.h"

#include "services/events/destinations/api_destination_store.h"
#include "services/events/pages.h"

namespace everseal::events::destinations {

aws::Access ListApiDestinations::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<ListApiDestinations::Response, ApiError> ListApiDestinations::operator()(
    const Request& request, const aws::Call& call) const {
  const DestinationsWanted wanted{request.name_prefix.value_or(""), request.connection_arn};
  const auto page = page_of(name, call, wanted.prefix + " " + wanted.connection_arn.value_or(""),
                            request.next_token, request.limit);
  if (!page) return page.error();
  auto found = database.read([&](sql::Snapshot& view) {
    return list_destinations(view, name_of(call, page->after()), wanted, page->limit());
  });
  if (!found) return found.error();
  Response response;
  response.next_token = page->cut(*found, [](const ApiDestination& one) { return one.name.name; });
  for (const auto& one : *found) response.destinations.push_back(ListedDestination::about(one));
  return response;
}

}  // namespace everseal::events::destinations
