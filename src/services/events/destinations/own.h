#pragma once

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/events/destinations/api_destination_store.h"
#include "services/events/destinations/connection_store.h"
#include "sql/database.h"

// What a request is about, of what belongs to its caller.
namespace everseal::events::destinations {

// Of the connection or destination of that name, for policies.
aws::Access access_to_connection(sql::Database& database, const Name& name);
aws::Access access_to_destination(sql::Database& database, const Name& name);

// ResourceNotFoundException.
Result<Connection, ApiError> own_connection(sql::Snapshot& view, const Name& name);
Result<ApiDestination, ApiError> own_destination(sql::Snapshot& view, const Name& name);
// The same, by ARN: of the caller's account and region.
Result<Connection, ApiError> own_connection(sql::Snapshot& view, const aws::Call& call,
                                            std::string_view arn);

}  // namespace everseal::events::destinations
