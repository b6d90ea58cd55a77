#pragma once

#include <functional>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

// How every operation finds the CA it is about.
namespace everseal::acmpca {

// The caller's CA. InvalidArnException: one of another region. ResourceNotFoundException: there is
// none, it belongs to another account, or is gone for good.
Result<Authority, ApiError> require_authority(sql::Snapshot& view, const aws::Call& call,
                                              const AuthorityArn& arn, TimePoint now);

// The same, in a view of its own.
Result<Authority, ApiError> require_authority(sql::Database& database, const aws::Call& call,
                                              const AuthorityArn& arn, TimePoint now);

// The same; InvalidStateException if it is deleted.
Result<Authority, ApiError> require_undeleted_authority(sql::Snapshot& view, const aws::Call& call,
                                                        const AuthorityArn& arn, TimePoint now);

// The right to act on this CA, whose tags count.
aws::Access on_authority(sql::Database& database, const AuthorityArn& arn);

}  // namespace everseal::acmpca
