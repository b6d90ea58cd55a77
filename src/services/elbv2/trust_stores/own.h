#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/page.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/revocation.h"
#include "services/elbv2/trust_stores/trust_store.h"
#include "sql/database.h"

// What a request is about, and the right to it.
namespace everseal::elbv2::trust_stores {

// ValidationError: it is no ARN of a trust store. TrustStoreNotFound: the caller's account has none
// of that ARN in this region.
Result<TrustStore, ApiError> own_trust_store(sql::Snapshot& view, const aws::Call& call,
                                             std::string_view arn);

// RevocationIdNotFound.
Result<Revocation, ApiError> own_revocation(sql::Snapshot& view, const TrustStore& store,
                                            std::int64_t id);

// With its tags, for policies that look at them.
aws::Access access_to(sql::Database& database, const std::string& arn);

// Marker and PageSize in the request, NextMarker in the answer. `selection`: what else chose the
// rows. ValidationError: the marker is not one of this list.
Result<aws::Page, ApiError> page_of(std::string_view operation, const aws::Call& call,
                                    std::string selection, const std::optional<std::string>& marker,
                                    std::optional<std::int64_t> page_size);

}  // namespace everseal::elbv2::trust_stores
