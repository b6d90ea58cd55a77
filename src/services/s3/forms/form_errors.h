#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/api_error.h"

// What is said of forms that are refused.
namespace everseal::s3 {

// 400
ApiError malformed_form();                            // MalformedPOSTRequest
ApiError too_long_a_form();                           // MaxPostPreDataLengthExceeded
ApiError invalid_form_policy(std::string_view what);  // InvalidPolicyDocument
ApiError form_not_version_four();                     // InvalidRequest
ApiError form_too_small(std::uint64_t size, std::uint64_t least);
ApiError form_too_large(std::uint64_t size, std::uint64_t most);

// 403
ApiError form_policy_violated(std::string what);  // AccessDenied
ApiError invalid_access_key(std::string_view id);
ApiError form_signature_differs(std::string_view access_key_id, std::string_view policy,
                                std::string_view signature);  // SignatureDoesNotMatch

ApiError not_a_form();  // 412: PreconditionFailed

}  // namespace everseal::s3
