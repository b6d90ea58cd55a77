#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "services/iam/holder.h"

// Refusals, in IAM's words.
namespace everseal::iam {

// NoSuchEntity, 404
ApiError no_such_user(std::string_view name);
ApiError no_such_access_key(std::string_view id);
ApiError no_such_role(std::string_view name);
ApiError no_such_group(std::string_view name);
ApiError no_such_member(std::string_view group, std::string_view user);
ApiError no_such_inline_policy(Holder::Kind holder, std::string_view name);
ApiError no_such_policy(std::string_view arn);
ApiError no_such_boundary(const Holder& holder);
ApiError no_such_attachment(std::string_view arn);
ApiError no_such_policy_version(std::string_view version);

// EntityAlreadyExists, 409
ApiError user_exists(std::string_view name);
ApiError role_exists(std::string_view name);
ApiError group_exists(std::string_view name);
ApiError policy_exists(std::string_view name);

// DeleteConflict, 409
ApiError delete_first(std::string_view what);  // "must delete access keys first"
ApiError policy_is_attached();
ApiError policy_has_versions();
ApiError version_is_default();

// LimitExceeded, 409
ApiError over_quota(std::string_view quota, std::int64_t most);
ApiError inline_policies_too_long(const Holder& holder, std::size_t most);

// MalformedPolicyDocument, 400
ApiError malformed_policy(std::string reason);

ApiError duplicate_tags();                      // InvalidInput, 400
ApiError reserved_tag_key();                    // InvalidInput, 400
ApiError unsupported(std::string_view member);  // InvalidInput, 400: known to IAM, not to us
ApiError bad_marker();                          // ValidationError, 400
ApiError user_name_needed();                    // ValidationError, 400
ApiError aws_policy_is_fixed();                 // AccessDenied, 403

}  // namespace everseal::iam
