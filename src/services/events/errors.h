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
ApiError no_such_archive(std::string_view name);
ApiError no_such_replay(std::string_view name);
ApiError no_such_resource(std::string_view arn);
ApiError no_policy();
ApiError no_such_statement();

// ResourceAlreadyExistsException
ApiError bus_exists(std::string_view name);
ApiError archive_exists(std::string_view name);
ApiError replay_exists(std::string_view name);

// LimitExceededException
ApiError over_limit();

// PolicyLengthExceededException
ApiError policy_too_long();

// InvalidEventPatternException
ApiError invalid_pattern(std::string_view reason);

// IllegalStatusException
ApiError replay_is_over(std::string_view name);

// ValidationException
ApiError invalid(std::string message);
// "Parameter EventSourceArn is not valid. Reason: ..."
ApiError invalid_parameter(std::string_view member, std::string_view reason);
ApiError too_many_filters(std::string_view operation);
ApiError bad_token();

}  // namespace everseal::events
