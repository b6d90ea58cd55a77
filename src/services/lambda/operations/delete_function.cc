#include "services/lambda/operations/delete_function.h"

#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access DeleteFunction::access(const Request& request, const aws::Call& call) const {
  return aws::on(resource_of(request.function_name, call));
}

Result<aws::Empty, ApiError> DeleteFunction::operator()(const Request& request,
                                                        const aws::Call& call) const {
  if (request.qualifier) {
    return invalid("$LATEST version cannot be deleted without deleting the function.");
  }
  const auto function = functions.find(request.function_name, call);
  if (!function) return function.error();
  const auto removed = functions.database.write(
      [&](sql::Transaction& tx) { return remove_function(tx, function->arn); });
  if (!removed) return removed.error();
  functions.executor.forget(function->arn);
  return aws::Empty{};
}

}  // namespace everseal::lambda
