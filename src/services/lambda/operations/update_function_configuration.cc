#include "services/lambda/operations/update_function_configuration.h"

#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

namespace {

// Of the function as it will be.
Result<void, ApiError> check_dead_letters(const Functions& functions,
                                          const UpdateFunctionConfiguration::Request& request,
                                          const aws::Call& call) {
  if (!request.dead_letter_config || request.dead_letter_config->target_arn.empty()) return {};
  auto function = functions.find_unqualified(request.function_name, call);
  if (!function) return function.error();
  function->role = request.role.value_or(function->role);
  function->dead_letters = request.dead_letter_config->target_arn;
  return functions.check_dead_letters(*function);
}

}  // namespace

aws::Access UpdateFunctionConfiguration::access(const Request& request,
                                                const aws::Call& call) const {
  auto access = on_function(request.function_name, call);
  if (request.role) {
    access.also.push_back(aws::passing_role(*request.role, "lambda.amazonaws.com"));
  }
  return access;
}

Result<UpdateFunctionConfiguration::Response, ApiError> UpdateFunctionConfiguration::operator()(
    const Request& request, const aws::Call& call) const {
  if (const auto fine = unsupported::refuse(request.layers, request.vpc_config); !fine)
    return fine.error();
  if (request.runtime) {
    if (const auto fine = check_runtime(*request.runtime); !fine) return fine.error();
  }
  if (request.environment) {
    if (const auto fine = check_variables(request.environment->variables); !fine)
      return fine.error();
  }
  if (request.role) {
    const auto named = FunctionName::parse_unqualified(request.function_name, call);
    if (!named) return named.error();
    const auto fine = functions.check_role(*request.role, named->arn(), call);
    if (!fine) return fine.error();
  }
  if (const auto fine = check_dead_letters(functions, request, call); !fine) return fine.error();
  const auto changed = functions.change(
      request.function_name, call, request.revision_id,
      [&](sql::Transaction&, Function& function) -> Result<void, ApiError> {
        function.role = request.role.value_or(function.role);
        function.runtime = request.runtime.value_or(function.runtime);
        function.handler = request.handler.value_or(function.handler);
        function.description = request.description.value_or(function.description);
        function.timeout_seconds = request.timeout.value_or(function.timeout_seconds);
        function.memory_megabytes = request.memory_size.value_or(function.memory_megabytes);
        if (request.ephemeral_storage) {
          function.temporary_megabytes = request.ephemeral_storage->size;
        }
        if (request.dead_letter_config) {
          function.dead_letters = request.dead_letter_config->target_arn;
        }
        if (request.environment) function.environment = request.environment->variables;
        function.modified_at = functions.clock.now();
        return {};
      });
  if (!changed) return changed.error();
  return shapes::shown(*changed);
}

}  // namespace everseal::lambda
