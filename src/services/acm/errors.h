#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "services/acm/enums.h"

// What ACM refuses, in the words of its model. All are HTTP 400.
namespace everseal::acm {

// InvalidArnException
ApiError not_a_certificate_arn(std::string_view arn);
ApiError not_a_ca_arn(std::string_view arn);

// ResourceNotFoundException
ApiError certificate_not_found(std::string_view arn, std::string_view account);

// ResourceInUseException
ApiError certificate_in_use(std::string_view arn, std::string_view account);

// ConflictException
ApiError conflict(std::string message);

// RequestInProgressException
ApiError not_issued_yet(std::string_view arn);
ApiError renewal_in_progress(std::string_view arn);

// ValidationException
ApiError invalid(std::string message);
ApiError never_issued(std::string_view arn, std::string_view failure_reason);
ApiError not_exported(std::string_view arn);

// InvalidParameterException
ApiError invalid_parameter(std::string message);
ApiError public_certificates_are_not_issued();
ApiError bad_name(std::string_view name, std::string_view why);

// LimitExceededException
ApiError too_many_names(std::size_t limit);

// TooManyTagsException, InvalidTagException
ApiError too_many_tags(std::size_t limit);
ApiError reserved_tag(std::string_view key);
ApiError tag_given_twice(std::string_view key);

// InvalidStateException
ApiError invalid_state(std::string message);

}  // namespace everseal::acm
