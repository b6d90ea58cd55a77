#include "services/lambda/operations/list_versions_by_function.h"

#include <cstdlib>
#include <string>
#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/names.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {

aws::Access ListVersionsByFunction::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<ListVersionsByFunction::Response, ApiError> ListVersionsByFunction::operator()(
    const Request& request, const aws::Call& call) const {
  auto latest = functions.find_unqualified(request.function_name, call);
  if (!latest) return latest.error();
  const auto page = page_of(name, *latest, request.marker, request.max_items);
  if (!page) return page.error();
  const bool is_first = page->after().empty();
  const auto after = is_first ? 0 : std::strtoll(page->after().c_str(), nullptr, 10);
  auto versions = functions.database.read([&](sql::Snapshot& view) {
    return list_versions(view, functions.vault, latest->arn, after, page->limit());
  });
  if (!versions) return versions.error();
  if (is_first) {
    latest->qualifier = latest_version;
    versions->insert(versions->begin(), *std::move(latest));
  }
  Response response;
  // $LATEST comes before the first number.
  response.next_marker = page->cut(*versions, [](const Function& version) {
    return version.version == latest_version ? std::string("0") : version.version;
  });
  for (const auto& version : *versions) response.versions.push_back(shapes::shown(version));
  return response;
}

}  // namespace everseal::lambda
