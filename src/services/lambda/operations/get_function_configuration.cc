#include "services/lambda/operations/get_function_configuration.h"

#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access GetFunctionConfiguration::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call, request.qualifier);
}

Result<GetFunctionConfiguration::Response, ApiError> GetFunctionConfiguration::operator()(
    const Request& request, const aws::Call& call) const {
  const auto function = functions.find(request.function_name, call, request.qualifier.value_or(""));
  if (!function) return function.error();
  return shapes::shown(*function);
}

}  // namespace everseal::lambda
