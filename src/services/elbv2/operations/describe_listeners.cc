#include "services/elbv2/operations/describe_listeners.h"

#include <utility>

#include "services/elbv2/errors.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/pages.h"

namespace everseal::elbv2 {
namespace {

Result<std::vector<Listener>, ApiError> named_listeners(sql::Snapshot& view, const aws::Call& call,
                                                        const std::vector<std::string>& arns) {
  std::vector<Listener> listeners;
  for (const std::string& arn : arns) {
    auto found = own_listener(view, call, arn);
    if (!found) return found.error();
    listeners.push_back(*std::move(found));
  }
  return listeners;
}

Result<std::vector<Listener>, ApiError> page_of_listeners(sql::Snapshot& view,
                                                          const aws::Call& call,
                                                          const std::string& load_balancer_arn,
                                                          const aws::Page& page) {
  const auto balancer = own_load_balancer(view, call, load_balancer_arn);
  if (!balancer) return balancer.error();
  auto listeners = list_listeners(view, balancer->arn, page.after(), page.limit());
  if (!listeners) return listeners.error();
  return *std::move(listeners);
}

}  // namespace

Result<DescribeListeners::Response, ApiError> DescribeListeners::operator()(
    const Request& request, const aws::Call& call) const {
  const bool by_arn = !request.listener_arns.empty();
  if (by_arn == request.load_balancer_arn.has_value()) {
    return invalid("You must specify either listener ARNs or a load balancer ARN");
  }
  const std::string balancer = request.load_balancer_arn.value_or("");
  const auto page = page_of(name, call, balancer, request.marker, request.page_size);
  if (!page) return page.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    auto listeners = by_arn ? named_listeners(view, call, request.listener_arns)
                            : page_of_listeners(view, call, balancer, *page);
    if (!listeners) return listeners.error();
    Response response;
    if (!by_arn) {
      response.next_marker = page->cut(*listeners, [](const Listener& it) { return it.arn; });
    }
    for (const Listener& listener : *listeners) {
      auto one = shown(view, listener);
      if (!one) return one.error();
      response.listeners.push_back(*std::move(one));
    }
    return response;
  });
}

}  // namespace everseal::elbv2
