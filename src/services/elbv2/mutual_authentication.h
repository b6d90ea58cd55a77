#pragma once

#include <string>

#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/elbv2/shapes.h"
#include "services/elbv2/trust_stores.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// How an HTTPS listener authenticates clients, what was left out filled in. ValidationError: no
// such mode; verify without a trust store; what belongs to verify in another mode.
// TrustStoreNotFound, TrustStoreNotReady.
Result<shapes::MutualAuthentication, ApiError> completed(sql::Snapshot& view, const aws::Call& call,
                                                         const TrustStores& trust_stores,
                                                         const shapes::MutualAuthentication& said);

}  // namespace everseal::elbv2
