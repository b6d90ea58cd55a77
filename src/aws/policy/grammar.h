#pragma once

#include <vector>

#include "aws/document.h"
#include "aws/policy/policy.h"
#include "result/result.h"

namespace everseal::aws::policy {

// The statements of a policy document, checked against the grammar of the policy language.
Result<std::vector<Statement>, Malformed> read_statements(const Document& document, Kind kind);

}  // namespace everseal::aws::policy
