#pragma once

#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "services/events/names.h"

// What EventBridge refuses, in the words of its model. All are HTTP 400.
namespace everseal::events {

// ResourceNotFoundException
ApiError no_such_bus(const BusName& bus);
ApiError no_such_rule(const RuleName& rule);
ApiError no_such_resource(std::string_view arn);
ApiError no_policy();
ApiError no_such_statement();

// ResourceAlreadyExistsException
ApiError bus_exists(std::string_view name);

// LimitExceededException
ApiError over_limit();

// PolicyLengthExceededException
ApiError policy_too_long();

// InvalidEventPatternException
ApiError invalid_pattern(std::string_view reason);

// ValidationException
ApiError invalid(std::string message);
ApiError bad_token();

}  // namespace everseal::events
