#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "result/result.h"
#include "sql/database.h"

// Tags of a trust store that is there. What it follows, which ca_tag says, is settled when it is
// made: whoever may tag must not choose who is trusted, or forget who is revoked. Asked for all the
// same: ValidationError.
namespace everseal::elbv2::trust_stores {

// A new value takes the place of the old.
Result<void, ApiError> change_tags(sql::Transaction& tx, std::string_view trust_store_arn,
                                   const aws::Tags& tags);
Result<void, ApiError> remove_tags(sql::Transaction& tx, std::string_view trust_store_arn,
                                   const std::vector<std::string>& keys);

}  // namespace everseal::elbv2::trust_stores
