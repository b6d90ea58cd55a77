#include "services/lambda/operations/create_function.h"

#include <optional>
#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"

namespace everseal::lambda {
namespace {

Result<void, ApiError> check(const CreateFunction::Request& request) {
  if (request.package_type.value_or("Zip") != "Zip") {
    return invalid("Functions from images are not supported by Everseal.");
  }
  if (auto fine = unsupported::refuse(request.layers, request.vpc_config); !fine) return fine;
  if (!request.runtime)
    return invalid(
        "Runtime and Handler are mandatory parameters for functions created with deployment "
        "packages.");
  if (const auto fine = check_runtime(*request.runtime); !fine) return fine.error();
  if (!request.handler && !request.runtime->starts_with("provided")) {
    return invalid(
        "Runtime and Handler are mandatory parameters for functions created with deployment "
        "packages.");
  }
  return check_variables(request.environment ? request.environment->variables : Variables());
}

Function made(const CreateFunction::Request& request, const FunctionName& named, ByteView zip,
              const Functions& functions) {
  Function function;
  function.arn = named.arn();
  function.account = named.account;
  function.region = named.region;
  function.name = named.name;
  function.role = request.role;
  function.runtime = *request.runtime;
  function.handler = request.handler.value_or("");
  function.description = request.description.value_or("");
  function.timeout_seconds = request.timeout.value_or(function.timeout_seconds);
  function.memory_megabytes = request.memory_size.value_or(function.memory_megabytes);
  if (request.ephemeral_storage) function.temporary_megabytes = request.ephemeral_storage->size;
  if (request.environment) function.environment = request.environment->variables;
  if (request.dead_letter_config) function.dead_letters = request.dead_letter_config->target_arn;
  function.code_sha256 = digest_of(zip);
  function.code_size = std::ssize(zip);
  function.revision_id = random_uuid(functions.random);
  function.modified_at = functions.clock.now();
  return function;
}

}  // namespace

aws::Access CreateFunction::access(const Request& request, const aws::Call& call) const {
  auto access = on_function(request.function_name, call);
  access.also.push_back(aws::passing_role(request.role, "lambda.amazonaws.com"));
  return access;
}

Result<CreateFunction::Response, ApiError> CreateFunction::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  const auto named = FunctionName::parse_unqualified(request.function_name, call);
  if (!named) return named.error();
  if (const auto fine = check(request); !fine) return fine.error();
  if (const auto fine = functions.check_role(request.role, named->arn(), call); !fine)
    return fine.error();
  const auto& [zip_file, bucket, key, version] = request.code;
  const auto zip = functions.code({zip_file, bucket, key, version}, call, name);
  if (!zip) return zip.error();
  const Function function = made(request, *named, *zip, functions);
  if (const auto fine = functions.check_dead_letters(function); !fine) return fine.error();
  return functions.database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto added = add_function(tx, functions.vault, function, *zip);
    if (!added && added.error().kind == Fault::Kind::Conflict)
      return function_exists(function.name);
    if (!added) return added.error();
    for (const auto& [key_of_tag, value] : request.tags) {
      if (const auto put = put_tag(tx, function.arn, key_of_tag, value); !put) return put.error();
    }
    if (!request.publish.value_or(false)) return shapes::shown(function);
    const auto published = functions.publish(tx, function, std::nullopt);
    if (!published) return published.error();
    return shapes::shown(*published);
  });
}

}  // namespace everseal::lambda
