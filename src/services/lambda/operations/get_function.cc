#include "services/lambda/operations/get_function.h"

#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access GetFunction::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call, request.qualifier);
}

Result<GetFunction::Response, ApiError> GetFunction::operator()(const Request& request,
                                                                const aws::Call& call) const {
  const auto function = functions.find(request.function_name, call, request.qualifier.value_or(""));
  if (!function) return function.error();
  const auto tags =
      functions.database.read([&](sql::Snapshot& view) { return tags_of(view, function->arn); });
  if (!tags) return tags.error();
  auto location = code_links.link_to(*function);
  if (!location) return location.error();
  Response response;
  response.code = {.repository_type = "S3", .location = *std::move(location)};
  response.configuration = shapes::shown(*function);
  response.tags.insert(tags->begin(), tags->end());
  if (function->reserved) response.concurrency = Concurrency{*function->reserved};
  return response;
}

}  // namespace everseal::lambda
