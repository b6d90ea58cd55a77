#include "services/iam/operations/list_policies.h"

#include "services/iam/identifiers.h"
#include "services/iam/pages.h"
#include "services/iam/policy_store.h"

namespace everseal::iam {
namespace {

using Request = ListPolicies::Request;

PolicyFilter filter_of(const Request& request) {
  const auto scope = request.scope.value_or(ListPolicies::Scope::All);
  return {
      .own = scope != ListPolicies::Scope::Aws,
      .of_aws = scope != ListPolicies::Scope::Local,
      .only_attached = request.only_attached.value_or(false),
      .only_boundaries = request.policy_usage_filter == ListPolicies::Usage::PermissionsBoundary,
      .path_prefix = request.path_prefix.value_or("/")};
}

std::string selection_of(const PolicyFilter& filter) {
  return std::string(filter.own ? "own " : "") + (filter.of_aws ? "aws " : "") +
         (filter.only_attached ? "attached " : "") + (filter.only_boundaries ? "boundaries " : "") +
         filter.path_prefix;
}

// The ARN of a policy ends in its name.
PolicyPlace place_of(const std::string& arn) {
  return {folded(arn.substr(arn.rfind('/') + 1)), arn};
}

}  // namespace

aws::Access ListPolicies::access(const Request& /*request*/, const aws::Call& /*call*/) const {
  return aws::on_anything();
}

Result<ListPolicies::Response, ApiError> ListPolicies::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  const PolicyFilter filter = filter_of(request);
  const auto page = page_of(name, call, selection_of(filter), request.marker, request.max_items);
  if (!page) return page.error();
  auto policies = database.read([&](sql::Snapshot& view) {
    return list_policies(view, call.caller.account, filter, place_of(page->after()), page->limit());
  });
  if (!policies) return policies.error();
  Response response;
  response.marker = page->cut(*policies, [](const ManagedPolicy& policy) { return policy.arn; });
  response.is_truncated = response.marker.has_value();
  for (const ManagedPolicy& policy : *policies) {
    response.policies.push_back(shapes::listed(policy));
  }
  return response;
}

}  // namespace everseal::iam
