#include "services/lambda/operations/update_alias.h"

#include <utility>

#include "services/lambda/aliases.h"
#include "services/lambda/errors.h"
#include "services/lambda/names.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {

aws::Access UpdateAlias::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<UpdateAlias::Response, ApiError> UpdateAlias::operator()(const Request& request,
                                                                const aws::Call& call) const {
  const auto function = functions.find_unqualified(request.function_name, call);
  if (!function) return function.error();
  return functions.database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    auto found = find_alias(tx, function->arn, request.alias);
    if (!found) return found.error();
    if (!*found) return no_such_alias(function->arn + ":" + request.alias);
    Alias& alias = **found;
    if (request.revision_id && *request.revision_id != alias.revision_id) {
      return changed_meanwhile();
    }
    alias.version = request.function_version.value_or(alias.version);
    alias.description = request.description.value_or(alias.description);
    if (request.routing_config) {
      if (const auto fine = route(alias, *request.routing_config); !fine) return fine.error();
    }
    if (const auto fine = check_alias(tx, functions.vault, alias); !fine) return fine.error();
    alias.revision_id = random_uuid(functions.random);
    if (const auto kept = change_alias(tx, alias); !kept) return kept.error();
    return shapes::shown(alias);
  });
}

}  // namespace everseal::lambda
