#include "services/elbv2/operations/describe_load_balancers.h"

#include "services/elbv2/errors.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/pages.h"

namespace everseal::elbv2 {
namespace {

using LoadBalancerList = DescribeLoadBalancers::Response;

Result<LoadBalancerList, ApiError> by_arn(sql::Snapshot& view, const aws::Call& call,
                                          const std::vector<std::string>& arns,
                                          const Reports* reports) {
  LoadBalancerList list;
  for (const std::string& arn : arns) {
    const auto found = own_load_balancer(view, call, arn);
    if (!found) return found.error();
    list.load_balancers.push_back(shown(*found, reports));
  }
  return list;
}

Result<LoadBalancerList, ApiError> by_name(sql::Snapshot& view, const aws::Call& call,
                                           const std::vector<std::string>& names,
                                           const Reports* reports) {
  LoadBalancerList list;
  for (const std::string& name : names) {
    const auto found = find_load_balancer_named(view, call.caller.account, call.region, name);
    if (!found) return found.error();
    if (!*found) return no_such_load_balancer(name);
    list.load_balancers.push_back(shown(**found, reports));
  }
  return list;
}

Result<LoadBalancerList, ApiError> one_page(sql::Snapshot& view, const aws::Call& call,
                                            const aws::Page& page, const Reports* reports) {
  auto found =
      list_load_balancers(view, call.caller.account, call.region, page.after(), page.limit());
  if (!found) return found.error();
  LoadBalancerList list;
  list.next_marker = page.cut(*found, [](const LoadBalancer& balancer) { return balancer.name; });
  for (const LoadBalancer& balancer : *found)
    list.load_balancers.push_back(shown(balancer, reports));
  return list;
}

}  // namespace

Result<DescribeLoadBalancers::Response, ApiError> DescribeLoadBalancers::operator()(
    const Request& request, const aws::Call& call) const {
  const auto& [arns, names, marker, size] = request;
  if (!arns.empty() && !names.empty()) {
    return invalid("Load balancer names and load balancer ARNs cannot be specified together");
  }
  const auto page = page_of(name, call, {}, marker, size);
  if (!page) return page.error();
  return database.read([&](sql::Snapshot& view) {
    if (!request.load_balancer_arns.empty())
      return by_arn(view, call, request.load_balancer_arns, reports);
    if (!request.names.empty()) return by_name(view, call, request.names, reports);
    return one_page(view, call, *page, reports);
  });
}

}  // namespace everseal::elbv2
