#pragma once

#include <optional>
#include <string>

#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/logs/names.h"

namespace everseal::logs {

// The group that a request names by its name or by an identifier, of which it must give one.
// InvalidParameterException
Result<GroupName, ApiError> asked_group(const std::optional<std::string>& name,
                                        const std::optional<std::string>& identifier,
                                        const aws::Call& call);

}  // namespace everseal::logs
