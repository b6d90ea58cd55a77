#include "services/iam/operations/list_policy_versions.h"

#include <charconv>
#include <limits>

#include "services/iam/pages.h"
#include "services/iam/policy_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {
namespace {

// No version is as high as the one before the first page.
std::int64_t number_in(const std::string& text) {
  std::int64_t number = std::numeric_limits<std::int64_t>::max();
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

aws::Access ListPolicyVersions::access(const Request& request, const aws::Call& call) const {
  return on_policy(database, call, request.policy_arn);
}

Result<ListPolicyVersions::Response, ApiError> ListPolicyVersions::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto policy = policy_called(view, call, request.policy_arn);
    if (!policy) return policy.error();
    const auto page = page_of(name, call, policy->arn, request.marker, request.max_items);
    if (!page) return page.error();
    auto versions = policy_versions(view, policy->arn);
    if (!versions) return versions.error();
    const std::int64_t before = number_in(page->after());
    std::erase_if(*versions,
                  [&](const PolicyVersion& version) { return version.number >= before; });
    Response response;
    response.marker = page->cut(
        *versions, [](const PolicyVersion& version) { return std::to_string(version.number); });
    response.is_truncated = response.marker.has_value();
    for (const PolicyVersion& version : *versions) {
      response.versions.push_back(shapes::listed(version, policy->default_version));
    }
    return response;
  });
}

}  // namespace everseal::iam
