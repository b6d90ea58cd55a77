#include "services/lambda/operations/get_alias.h"

#include <utility>

#include "services/lambda/aliases.h"
#include "services/lambda/errors.h"
#include "services/lambda/names.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {

aws::Access GetAlias::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<GetAlias::Response, ApiError> GetAlias::operator()(const Request& request,
                                                          const aws::Call& call) const {
  const auto function = functions.find_unqualified(request.function_name, call);
  if (!function) return function.error();
  const auto alias = functions.database.read(
      [&](sql::Snapshot& view) { return find_alias(view, function->arn, request.alias); });
  if (!alias) return alias.error();
  if (!*alias) return no_such_alias(function->arn + ":" + request.alias);
  return shapes::shown(**alias);
}

}  // namespace everseal::lambda
