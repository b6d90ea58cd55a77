#pragma once

#include <vector>

#include "aws/api_error.h"
#include "result/result.h"
#include "services/elbv2/shapes.h"

namespace everseal::elbv2 {

// The conditions as they are kept and shown. Each has its ...Config; one that was given as `Values`
// has these too. ValidationError: none; a field that there is not, or twice where it may stand
// once; values that do not suit it; more than five values or six wildcards in all; regular
// expressions, which Everseal does not have.
Result<std::vector<shapes::RuleCondition>, ApiError> completed(
    const std::vector<shapes::RuleCondition>& said);

// ValidationError: there are some, which Everseal does not have.
Result<void, ApiError> check_transforms(const std::vector<shapes::RuleTransform>& transforms);

}  // namespace everseal::elbv2
