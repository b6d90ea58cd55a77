#include "services/elbv2/operations/describe_account_limits.h"

#include <array>
#include <utility>

#include "services/elbv2/limits.h"
#include "services/elbv2/pages.h"

namespace everseal::elbv2 {
namespace {

// By name.
constexpr auto account_limits = std::to_array<std::pair<std::string_view, std::int64_t>>(
    {{"application-load-balancers", limits::load_balancers},
     {"certificates-per-application-load-balancer", limits::certificates},
     {"condition-values-per-alb-rule", limits::condition_values},
     {"condition-wildcards-per-alb-rule", limits::condition_wildcards},
     {"listeners-per-application-load-balancer", limits::listeners},
     {"rules-per-application-load-balancer", limits::rules},
     {"target-groups", limits::target_groups},
     {"target-groups-per-action-on-application-load-balancer", limits::groups_of_action},
     {"target-groups-per-application-load-balancer", limits::groups_of_load_balancer},
     {"targets-per-application-load-balancer", limits::targets_of_load_balancer},
     {"targets-per-target-group", limits::targets}});

}  // namespace

Result<DescribeAccountLimits::Response, ApiError> DescribeAccountLimits::operator()(
    const Request& request, const aws::Call& call) const {
  const auto page = page_of(name, call, {}, request.marker, request.page_size);
  if (!page) return page.error();
  std::vector<Limit> limits;
  for (const auto& [limit, most] : account_limits) {
    if (limit > page->after()) limits.push_back({std::string(limit), std::to_string(most)});
  }
  auto next = page->cut(limits, [](const Limit& limit) { return limit.name; });
  return Response{std::move(limits), std::move(next)};
}

}  // namespace everseal::elbv2
