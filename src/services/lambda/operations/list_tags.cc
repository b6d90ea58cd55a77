#include "services/lambda/operations/list_tags.h"

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access ListTags::access(const Request& request, const aws::Call& call) const {
  return on_function(request.resource, call);
}

Result<ListTags::Response, ApiError> ListTags::operator()(const Request& request,
                                                          const aws::Call& call) const {
  const auto function = functions.find(request.resource, call);
  if (!function) return function.error();
  const auto tags =
      functions.database.read([&](sql::Snapshot& view) { return tags_of(view, function->arn); });
  if (!tags) return tags.error();
  Response response;
  response.tags.insert(tags->begin(), tags->end());
  return response;
}

}  // namespace everseal::lambda
