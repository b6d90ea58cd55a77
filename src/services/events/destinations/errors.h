#pragma once

#include <string>
#include <string_view>

#include "aws/api_error.h"

// What operations about connections and destinations refuse, beside services/events/errors.h.
namespace everseal::events::destinations {

// ResourceNotFoundException
ApiError no_such_connection(std::string_view name_or_arn);
ApiError no_such_destination(std::string_view name);

// ResourceAlreadyExistsException
ApiError connection_exists(std::string_view name);
ApiError destination_exists(std::string_view name);

// ValidationException
ApiError not_supported_in_connections();  // private networks, keys of KMS
// "Parameter AuthParameters is not valid. Reason: ..."
ApiError invalid_parameter(std::string_view parameter, std::string_view reason);

}  // namespace everseal::events::destinations
