#include "services/events/destinations/operations/list_connections.h"

#include <utility>
#include "services/events/destinations/connection_store.h"
#include "services/events/pages.h"

namespace everseal::events::destinations {

aws::Access ListConnections::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<ListConnections::Response, ApiError> ListConnections::operator()(
    const Request& request, const aws::Call& call) const {
  const ConnectionsWanted wanted{request.name_prefix.value_or(""), request.state};
  auto selection = wanted.prefix;
  if (wanted.state) selection.append(" ").append(aws::name_of(*wanted.state));
  const auto page = page_of(name, call, std::move(selection), request.next_token, request.limit);
  if (!page) return page.error();
  auto found = database.read([&](sql::Snapshot& view) {
    return list_connections(view, name_of(call, page->after()), wanted, page->limit());
  });
  if (!found) return found.error();
  Response response;
  response.next_token = page->cut(*found, [](const Connection& one) { return one.name.name; });
  for (const auto& one : *found)
    response.connections.push_back({one.arn, one.name.name, one.state, one.state_reason, one.type,
                                    one.created_at, one.modified_at, one.authorized_at});
  return response;
}

}  // namespace everseal::events::destinations
