#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/iam/holder.h"
#include "sql/database.h"

// Managed policies: with an ARN of their own, attached to any number of users, roles and groups.
// Those of the account "aws" belong to everybody and are never changed.
namespace everseal::iam {

inline constexpr std::string_view aws_account = "aws";

struct ManagedPolicy {
  std::string arn;
  std::string id;  // "ANPA..."
  std::string account;
  std::string name;
  std::string path;
  std::optional<std::string> description;
  std::int64_t default_version = 1;
  TimePoint created_at;
  TimePoint updated_at;
  std::int64_t attachments = 0;  // to users, roles and groups of the account that asks
  std::int64_t boundaries = 0;   // of how many of them it is the boundary
};

struct PolicyVersion {
  std::int64_t number = 1;
  std::string document;  // as it was given
  TimePoint created_at;
};

// One of the account's own, or of AWS.
Result<std::optional<ManagedPolicy>> find_policy(sql::Snapshot& view, std::string_view account,
                                                 std::string_view arn);

struct PolicyFilter {
  bool own = true;  // of the account
  bool of_aws = true;
  bool only_attached = false;
  bool only_boundaries = false;
  std::string path_prefix = "/";
};
// In the order of their folded names and ARNs, after that of the policy `after`, which may be gone;
// at most `limit`.
struct PolicyPlace {
  std::string folded_name;
  std::string arn;
};
Result<std::vector<ManagedPolicy>> list_policies(sql::Snapshot& view, std::string_view account,
                                                 const PolicyFilter& filter,
                                                 const PolicyPlace& after, std::int64_t limit);

Result<std::int64_t> count_policies(sql::Snapshot& view, std::string_view account);

// With its first version. Conflict: the account has a policy of that name, in whatever case.
Outcome add_policy(sql::Transaction& tx, const ManagedPolicy& policy, std::string_view document);
// With all versions; nobody has it attached any more.
Outcome remove_policy(sql::Transaction& tx, std::string_view arn);

Result<std::vector<PolicyVersion>> policy_versions(sql::Snapshot& view, std::string_view arn);

// What the policy says now: its default version; nothing: neither the account nor AWS has it.
Result<std::optional<std::string>> document_in_force(sql::Snapshot& view, std::string_view account,
                                                     std::string_view arn);

// The number of the new one, which no version had before.
Result<std::int64_t> add_version(sql::Transaction& tx, std::string_view arn,
                                 std::string_view document, TimePoint now);
Outcome set_default_version(sql::Transaction& tx, std::string_view arn, std::int64_t version,
                            TimePoint now);
// How many there were: 0 or 1.
Result<std::int64_t> remove_version(sql::Transaction& tx, std::string_view arn,
                                    std::int64_t version);

struct Attachment {
  std::string policy_arn;
  std::string policy_name;
  std::string policy_path;
};
// In the order of their ARNs.
Result<std::vector<Attachment>> attachments_of(sql::Snapshot& view, const Holder& holder);
// The documents in force of the policies that it has attached.
Result<std::vector<std::string>> attached_documents(sql::Snapshot& view, const Holder& holder);

// Done if it is attached already.
Outcome attach_policy(sql::Transaction& tx, const Holder& holder, std::string_view policy_arn);
// How many there were: 0 or 1.
Result<std::int64_t> detach_policy(sql::Transaction& tx, const Holder& holder,
                                   std::string_view policy_arn);

}  // namespace everseal::iam
