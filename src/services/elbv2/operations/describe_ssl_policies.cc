#include "services/elbv2/operations/describe_ssl_policies.h"

#include "services/elbv2/errors.h"
#include "services/elbv2/pages.h"
#include "services/elbv2/ssl_policies.h"

namespace everseal::elbv2 {
namespace {

DescribeSSLPolicies::Policy shown_policy(const SslPolicy& policy) {
  DescribeSSLPolicies::Policy all;
  all.name = policy.name;
  all.ssl_protocols.assign(policy.protocols.begin(), policy.protocols.end());
  all.supported_load_balancer_types = {"application"};
  for (const auto cipher : policy.ciphers) {
    all.ciphers.push_back({std::string(cipher), static_cast<std::int32_t>(all.ciphers.size()) + 1});
  }
  return all;
}

}  // namespace

Result<DescribeSSLPolicies::Response, ApiError> DescribeSSLPolicies::operator()(
    const Request& request, const aws::Call& call) const {
  const auto page = page_of(name, call, {}, request.marker, request.page_size);
  if (!page) return page.error();
  Response response;
  for (const std::string& wanted : request.names) {
    const SslPolicy* policy = find_ssl_policy(wanted);
    if (policy == nullptr) return no_such_policy(wanted);
    response.ssl_policies.push_back(shown_policy(*policy));
  }
  if (!request.names.empty()) return response;
  for (const SslPolicy& policy : ssl_policies()) {
    if (policy.name > page->after()) response.ssl_policies.push_back(shown_policy(policy));
  }
  response.next_marker =
      page->cut(response.ssl_policies, [](const Policy& policy) { return policy.name; });
  return response;
}

}  // namespace everseal::elbv2
