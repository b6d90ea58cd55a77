#include "services/lambda/operations/create_alias.h"

#include <utility>

#include "services/lambda/aliases.h"
#include "services/lambda/errors.h"
#include "services/lambda/names.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {

aws::Access CreateAlias::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<CreateAlias::Response, ApiError> CreateAlias::operator()(const Request& request,
                                                                const aws::Call& call) const {
  const auto function = functions.find_unqualified(request.function_name, call);
  if (!function) return function.error();
  Alias alias{.function_arn = function->arn,
              .name = request.alias,
              .version = request.function_version,
              .description = request.description.value_or(""),
              .revision_id = random_uuid(functions.random)};
  if (request.routing_config) {
    if (const auto fine = route(alias, *request.routing_config); !fine) return fine.error();
  }
  return functions.database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    if (const auto fine = check_alias(tx, functions.vault, alias); !fine) return fine.error();
    const auto added = add_alias(tx, alias);
    if (!added && added.error().kind == Fault::Kind::Conflict) {
      return alias_exists(alias.function_arn + ":" + alias.name);
    }
    if (!added) return added.error();
    return shapes::shown(alias);
  });
}

}  // namespace everseal::lambda
