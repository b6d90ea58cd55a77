#include "services/lambda/operations/publish_version.h"

#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/names.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {

aws::Access PublishVersion::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<PublishVersion::Response, ApiError> PublishVersion::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  const auto named = FunctionName::parse_unqualified(request.function_name, call);
  if (!named) return named.error();
  return functions.database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto function = find_qualified(tx, functions.vault, named->arn(), {});
    if (!function) return function.error();
    if (!*function) return no_such_function(named->arn());
    const auto& latest = **function;
    if (request.revision_id && *request.revision_id != latest.revision_id) {
      return changed_meanwhile();
    }
    if (request.code_sha256 && *request.code_sha256 != latest.code_sha256) {
      return other_code(*request.code_sha256, latest.code_sha256);
    }
    const auto published = functions.publish(tx, latest, request.description);
    if (!published) return published.error();
    return shapes::shown(*published);
  });
}

}  // namespace everseal::lambda
