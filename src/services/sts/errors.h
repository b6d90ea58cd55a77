#pragma once

#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"

// Refusals, in STS's words.
namespace everseal::sts {

// AccessDenied, 403
ApiError may_not_assume(const aws::Caller& caller, std::string_view role_arn);
ApiError root_assumes_nothing();
ApiError session_makes_no_session();

// ValidationError, 400
ApiError longer_than_role_allows();
ApiError longer_than_chaining_allows();
ApiError no_such_policy(std::string_view arn);
ApiError duplicate_tags();
ApiError transitive_tag_missing(std::string_view key);
ApiError tag_is_inherited(std::string_view key);
ApiError unsupported(std::string_view member);  // known to STS, not to us

ApiError malformed_policy(std::string reason);  // MalformedPolicyDocument, 400
ApiError packed_policy_too_large();             // PackedPolicyTooLarge, 400

}  // namespace everseal::sts
