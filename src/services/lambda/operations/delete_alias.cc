#include "services/lambda/operations/delete_alias.h"

#include <utility>

#include "services/lambda/aliases.h"
#include "services/lambda/errors.h"
#include "services/lambda/names.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {

aws::Access DeleteAlias::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<aws::Empty, ApiError> DeleteAlias::operator()(const Request& request,
                                                     const aws::Call& call) const {
  const auto function = functions.find_unqualified(request.function_name, call);
  if (!function) return function.error();
  const auto removed = functions.database.write(
      [&](sql::Transaction& tx) { return remove_alias(tx, function->arn, request.alias); });
  if (!removed) return removed.error();
  return aws::Empty{};
}

}  // namespace everseal::lambda
