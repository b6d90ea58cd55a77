#pragma once

#include <string_view>

#include "aws/api_error.h"
#include "aws/policy/evaluate.h"
#include "result/result.h"
#include "sql/database.h"

// Who may become a role.
namespace everseal::iam {

// MalformedPolicyDocument: it is no trust policy. LimitExceeded: more than 2048 characters, white
// space not counted.
Result<aws::policy::SharedPolicy, ApiError> read_trust_policy(std::string_view document);

// MalformedPolicyDocument: the account has no such user or role, or no role of such a session.
// Whoever belongs to another account is not looked for.
Result<void, ApiError> check_principals(sql::Snapshot& view, std::string_view account,
                                        const aws::policy::Policy& trust);

}  // namespace everseal::iam
