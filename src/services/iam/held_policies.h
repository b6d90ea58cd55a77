#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/iam/directory.h"
#include "services/iam/holder.h"
#include "services/iam/inline_policy_store.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

// What is done with the policies of users, roles and groups alike. `holder` may be the refusal that
// there is none of that name: then it is the answer.
namespace everseal::iam {

// MalformedPolicyDocument: it is no policy of an identity.
Result<void, ApiError> check_identity_policy(std::string_view document);

// The same of a managed one. LimitExceeded: more than 6144 characters, white space not counted.
Result<void, ApiError> check_managed_policy(std::string_view document);

// LimitExceeded: the inline policies together have more characters than a user (2048), a role
// (10240) or a group (5120) may have, white space not counted.
Result<aws::Empty, ApiError> put_inline(sql::Transaction& tx, Directory& directory,
                                        const Result<Holder, ApiError>& holder,
                                        const InlinePolicy& policy);
// NoSuchEntity: there is no inline policy of that name.
Result<aws::Empty, ApiError> delete_inline(sql::Transaction& tx, Directory& directory,
                                           const Result<Holder, ApiError>& holder,
                                           std::string_view policy_name);
// Percent-encoded (RFC 3986). NoSuchEntity: there is no inline policy of that name.
Result<std::string, ApiError> inline_document(sql::Snapshot& view, const Holder& holder,
                                              std::string_view policy_name);

// NoSuchEntity: neither the account nor AWS has such a policy. LimitExceeded: ten are attached.
Result<aws::Empty, ApiError> attach(sql::Transaction& tx, Directory& directory,
                                    const aws::Call& call, const Result<Holder, ApiError>& holder,
                                    std::string_view policy_arn);
// NoSuchEntity: it is not attached.
Result<aws::Empty, ApiError> detach(sql::Transaction& tx, Directory& directory,
                                    const Result<Holder, ApiError>& holder,
                                    std::string_view policy_arn);

// One page of a list, for the operation of that name.
struct PageRequest {
  std::string_view operation;
  std::optional<std::string> marker;
  std::optional<std::int64_t> max_items;
};
// ValidationError: the marker is not one of this list.
Result<shapes::InlinePolicyNames, ApiError> page_of_inline(sql::Snapshot& view,
                                                           const aws::Call& call,
                                                           const Result<Holder, ApiError>& holder,
                                                           const PageRequest& request);
Result<shapes::AttachedPolicies, ApiError> page_of_attached(
    sql::Snapshot& view, const aws::Call& call, const Result<Holder, ApiError>& holder,
    const std::optional<std::string>& path_prefix, const PageRequest& request);

// DeleteConflict: inline policies, or attached ones.
Result<void, ApiError> check_no_policies(sql::Snapshot& view, const Holder& holder);

}  // namespace everseal::iam
