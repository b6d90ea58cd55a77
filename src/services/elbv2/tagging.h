#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "result/result.h"
#include "services/elbv2/trust_stores.h"
#include "sql/database.h"

// Tags of whatever has some: what is kept here, and trust stores.
namespace everseal::elbv2 {

// ValidationError: none, or more than twenty.
Result<void, ApiError> check_count(const std::vector<std::string>& arns);

bool is_trust_store(std::string_view arn);

Result<aws::Tags> tags_anywhere(sql::Snapshot& view, const TrustStores& trust_stores,
                                const std::string& arn);

// The right to do something to all of them: policies may look at the tags of each.
aws::Access access_to_all(sql::Database& database, const TrustStores& trust_stores,
                          const std::vector<std::string>& arns);
// Each of further rights names its action and sees the request's tags, as the first one does.
aws::Access with_named_rights(aws::Access access, std::string_view operation);

}  // namespace everseal::elbv2
