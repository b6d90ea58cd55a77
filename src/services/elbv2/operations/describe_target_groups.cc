#include "services/elbv2/operations/describe_target_groups.h"

#include <utility>

#include "services/elbv2/errors.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/pages.h"
#include "services/elbv2/target_group_store.h"

namespace everseal::elbv2 {
namespace {

using TargetGroupList = DescribeTargetGroups::Response;

Result<void, ApiError> check_choice(const DescribeTargetGroups::Request& request) {
  const int ways = (request.load_balancer_arn ? 1 : 0) +
                   (request.target_group_arns.empty() ? 0 : 1) + (request.names.empty() ? 0 : 1);
  if (ways <= 1) return {};
  return invalid("Specify only one of a load balancer ARN, target group ARNs and names");
}

// The groups that are named, in the order of their names in the request.
Result<std::vector<TargetGroup>, ApiError> named_groups(
    sql::Snapshot& view, const aws::Call& call, const DescribeTargetGroups::Request& request) {
  std::vector<TargetGroup> groups;
  for (const std::string& arn : request.target_group_arns) {
    auto found = own_target_group(view, call, arn);
    if (!found) return found.error();
    groups.push_back(*std::move(found));
  }
  for (const std::string& name : request.names) {
    auto found = find_target_group_named(view, call.caller.account, call.region, name);
    if (!found) return found.error();
    if (!*found) return no_such_target_group(name);
    groups.push_back(**std::move(found));
  }
  return groups;
}

Result<std::vector<TargetGroup>, ApiError> page_of_groups(
    sql::Snapshot& view, const aws::Call& call, const DescribeTargetGroups::Request& request,
    const aws::Page& page) {
  if (request.load_balancer_arn) {
    const auto balancer = own_load_balancer(view, call, *request.load_balancer_arn);
    if (!balancer) return balancer.error();
    auto groups = list_target_groups_of(view, balancer->arn, page.after(), page.limit());
    if (!groups) return groups.error();
    return *std::move(groups);
  }
  auto groups =
      list_target_groups(view, call.caller.account, call.region, page.after(), page.limit());
  if (!groups) return groups.error();
  return *std::move(groups);
}

Result<TargetGroupList, ApiError> shown_list(sql::Snapshot& view,
                                             const std::vector<TargetGroup>& groups,
                                             std::optional<std::string> next) {
  TargetGroupList list;
  list.next_marker = std::move(next);
  for (const TargetGroup& group : groups) {
    auto one = shapes::shown(view, group);
    if (!one) return one.error();
    list.target_groups.push_back(*std::move(one));
  }
  return list;
}

}  // namespace

Result<DescribeTargetGroups::Response, ApiError> DescribeTargetGroups::operator()(
    const Request& request, const aws::Call& call) const {
  if (auto fine = check_choice(request); !fine) return fine.error();
  const auto page = page_of(name, call, request.load_balancer_arn.value_or(""), request.marker,
                            request.page_size);
  if (!page) return page.error();
  const bool by_name = !request.target_group_arns.empty() || !request.names.empty();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    auto groups =
        by_name ? named_groups(view, call, request) : page_of_groups(view, call, request, *page);
    if (!groups) return groups.error();
    std::optional<std::string> next;
    if (!by_name) next = page->cut(*groups, [](const TargetGroup& group) { return group.name; });
    return shown_list(view, *groups, std::move(next));
  });
}

}  // namespace everseal::elbv2
