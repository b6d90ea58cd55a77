#include "services/lambda/operations/list_versions_by_function.h"

#include "services/lambda/errors.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access ListVersionsByFunction::access(const Request& request, const aws::Call& call) const {
  return aws::on(resource_of(request.function_name, call));
}

Result<ListVersionsByFunction::Response, ApiError> ListVersionsByFunction::operator()(
    const Request& request, const aws::Call& call) const {
  const auto function = functions.find(request.function_name, call);
  if (!function) return function.error();
  Response response;
  response.versions.push_back(shapes::shown(*function));
  return response;
}

}  // namespace everseal::lambda
