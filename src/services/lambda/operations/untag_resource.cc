#include "services/lambda/operations/untag_resource.h"

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access UntagResource::access(const Request& request, const aws::Call& call) const {
  return on_function(request.resource, call);
}

Result<aws::Empty, ApiError> UntagResource::operator()(const Request& request,
                                                       const aws::Call& call) const {
  const auto function = functions.find(request.resource, call);
  if (!function) return function.error();
  return functions.database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    for (const auto& key : request.tag_keys) {
      const auto removed = remove_tag(tx, function->arn, key);
      if (!removed) return removed.error();
    }
    return aws::Empty{};
  });
}

}  // namespace everseal::lambda
