#pragma once

#include "aws/api_error.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

namespace everseal::acmpca {

// Stores a changed CA. ConcurrentModificationException: it is not the version that was read.
Result<void, ApiError> apply(sql::Transaction& tx, const Authority& changed);

}  // namespace everseal::acmpca
