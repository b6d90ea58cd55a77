#pragma once

#include <optional>

#include "aws/api_error.h"
#include "keys/vault.h"
#include "result/result.h"
#include "services/lambda/alias_shapes.h"
#include "services/lambda/version_store.h"
#include "sql/database.h"

// What aliases may be.
namespace everseal::lambda {

// Sets where else the alias leads; to no version: nowhere else.
// InvalidParameterValueException: more than one version, a weight that is none.
Result<void, ApiError> route(Alias& alias, const shapes::RoutingConfig& routing);

// ResourceNotFoundException: it leads to a version that is not there.
// InvalidParameterValueException: to $LATEST and others, or twice to one.
Result<void, ApiError> check_alias(sql::Snapshot& view, const keys::Vault& vault,
                                   const Alias& alias);

}  // namespace everseal::lambda
