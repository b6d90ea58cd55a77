#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "services/iam/access_key_store.h"
#include "services/iam/group_store.h"
#include "services/iam/policy_store.h"
#include "services/iam/role_store.h"
#include "services/iam/user_store.h"

// What requests and answers of several operations hold, named as in IAM's model.
namespace everseal::iam::shapes {

// Names of users and roles have at most 64 characters when made, 128 when looked for; of policies
// 128.
inline constexpr auto name_letters = aws::pattern(R"([\w+=,.@-]+)");
inline constexpr auto new_name = aws::length(1, 64);
inline constexpr auto existing_name = aws::length(1, 128);
inline constexpr auto path_length = aws::length(1, 512);
inline constexpr auto path_letters = aws::pattern(R"((\u002F)|(\u002F[\u0021-\u007E]+\u002F))");
inline constexpr auto path_prefix_letters = aws::pattern(R"(\u002F[\u0021-\u007F]*)");
inline constexpr auto description_length = aws::length(0, 1000);
inline constexpr auto description_letters =
    aws::pattern(R"([\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*)");
inline constexpr auto session_seconds = aws::range(3600, 43200);
inline constexpr auto arn_length = aws::length(20, 2048);
inline constexpr auto document_length = aws::length(1, 131072);
inline constexpr auto document_letters = aws::pattern(R"([\u0009\u000A\u000D\u0020-\u00FF]+)");
inline constexpr auto key_id_length = aws::length(16, 128);
inline constexpr auto key_id_letters = aws::pattern(R"([\w]+)");
inline constexpr auto marker_length = aws::length(1, 2048);
inline constexpr auto max_items_range = aws::range(1, 1000);

// What lists of users, groups and roles are asked for.
struct PageBelowPath {
  std::optional<std::string> path_prefix;
  std::optional<std::string> marker;
  std::optional<std::int64_t> max_items;
  static constexpr auto fields = std::tuple{
      aws::optional("PathPrefix", &PageBelowPath::path_prefix, path_length, path_prefix_letters),
      aws::optional("Marker", &PageBelowPath::marker, marker_length),
      aws::optional("MaxItems", &PageBelowPath::max_items, max_items_range)};
};

// A user in a group.
struct Membership {
  std::string group_name;
  std::string user_name;
  static constexpr auto fields =
      std::tuple{aws::required("GroupName", &Membership::group_name, existing_name, name_letters),
                 aws::required("UserName", &Membership::user_name, existing_name, name_letters)};
};

struct Tag {
  std::string key;
  std::string value;
  static constexpr auto fields =
      std::tuple{aws::required("Key", &Tag::key, aws::length(1, 128),
                               aws::pattern(R"([\p{L}\p{Z}\p{N}_.:/=+\-@]+)")),
                 aws::required("Value", &Tag::value, aws::length(0, 256),
                               aws::pattern(R"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"))};
};
inline constexpr auto tag_count = aws::length(0, 50);

std::vector<Tag> shown(const aws::Tags& tags);
aws::Tags pairs(const std::vector<Tag>& tags);
// Whether two keys are the same, in whatever case.
bool has_duplicates(const std::vector<Tag>& tags);

// A managed policy beyond which a user or role may nothing.
struct PermissionsBoundary {
  std::string type = "Policy";
  std::string policy_arn;
  static constexpr auto fields =
      std::tuple{aws::required("PermissionsBoundaryType", &PermissionsBoundary::type),
                 aws::required("PermissionsBoundaryArn", &PermissionsBoundary::policy_arn)};
  friend bool operator==(const PermissionsBoundary&, const PermissionsBoundary&) = default;
};

struct User {
  std::optional<std::string> path;       // root has none
  std::optional<std::string> user_name;  // root has none
  std::string user_id;
  std::string arn;
  TimePoint create_date;
  std::vector<Tag> tags;
  std::optional<PermissionsBoundary> permissions_boundary{};
  static constexpr auto fields =
      std::tuple{aws::optional("Path", &User::path),
                 aws::optional("UserName", &User::user_name),
                 aws::required("UserId", &User::user_id),
                 aws::required("Arn", &User::arn),
                 aws::required("CreateDate", &User::create_date),
                 aws::optional("PermissionsBoundary", &User::permissions_boundary),
                 aws::optional("Tags", &User::tags)};
};
User shown(const iam::User& user, const aws::Tags& tags);

struct Group {
  std::string path;
  std::string group_name;
  std::string group_id;
  std::string arn;
  TimePoint create_date;
  static constexpr auto fields = std::tuple{
      aws::required("Path", &Group::path), aws::required("GroupName", &Group::group_name),
      aws::required("GroupId", &Group::group_id), aws::required("Arn", &Group::arn),
      aws::required("CreateDate", &Group::create_date)};
};
Group shown(const iam::Group& group);

enum class KeyStatus { Active, Inactive };

struct AccessKeyMetadata {
  std::optional<std::string> user_name;  // root has none
  std::string access_key_id;
  KeyStatus status = KeyStatus::Active;
  TimePoint create_date;
  static constexpr auto fields =
      std::tuple{aws::optional("UserName", &AccessKeyMetadata::user_name),
                 aws::required("AccessKeyId", &AccessKeyMetadata::access_key_id),
                 aws::required("Status", &AccessKeyMetadata::status),
                 aws::required("CreateDate", &AccessKeyMetadata::create_date)};
};
AccessKeyMetadata shown(const AccessKey& key, const std::optional<std::string>& user_name);

struct Role {
  std::string path;
  std::string role_name;
  std::string role_id;
  std::string arn;
  TimePoint create_date;
  std::optional<std::string> assume_role_policy_document;  // percent-encoded
  std::optional<std::string> description;
  std::int64_t max_session_duration = 0;
  std::vector<Tag> tags;
  std::optional<PermissionsBoundary> permissions_boundary{};
  static constexpr auto fields =
      std::tuple{aws::required("Path", &Role::path),
                 aws::required("RoleName", &Role::role_name),
                 aws::required("RoleId", &Role::role_id),
                 aws::required("Arn", &Role::arn),
                 aws::required("CreateDate", &Role::create_date),
                 aws::optional("AssumeRolePolicyDocument", &Role::assume_role_policy_document),
                 aws::optional("Description", &Role::description),
                 aws::required("MaxSessionDuration", &Role::max_session_duration),
                 aws::optional("PermissionsBoundary", &Role::permissions_boundary),
                 aws::optional("Tags", &Role::tags)};
};
Role shown(const iam::Role& role, const aws::Tags& tags);

struct InlinePolicyNames {
  std::vector<std::string> policy_names;
  bool is_truncated = false;
  std::optional<std::string> marker;
  static constexpr auto fields =
      std::tuple{aws::always("PolicyNames", &InlinePolicyNames::policy_names),
                 aws::required("IsTruncated", &InlinePolicyNames::is_truncated),
                 aws::optional("Marker", &InlinePolicyNames::marker)};
};

struct AttachedPolicy {
  std::string policy_name;
  std::string policy_arn;
  static constexpr auto fields =
      std::tuple{aws::required("PolicyName", &AttachedPolicy::policy_name),
                 aws::required("PolicyArn", &AttachedPolicy::policy_arn)};
};
struct AttachedPolicies {
  std::vector<AttachedPolicy> attached_policies;
  bool is_truncated = false;
  std::optional<std::string> marker;
  static constexpr auto fields =
      std::tuple{aws::always("AttachedPolicies", &AttachedPolicies::attached_policies),
                 aws::required("IsTruncated", &AttachedPolicies::is_truncated),
                 aws::optional("Marker", &AttachedPolicies::marker)};
};

struct Policy {
  std::string policy_name;
  std::string policy_id;
  std::string arn;
  std::string path;
  std::string default_version_id;  // "v1"
  std::int64_t attachment_count = 0;
  std::int64_t permissions_boundary_usage_count = 0;
  bool is_attachable = true;
  std::optional<std::string> description;
  TimePoint create_date;
  TimePoint update_date;
  std::vector<Tag> tags;
  static constexpr auto fields = std::tuple{
      aws::required("PolicyName", &Policy::policy_name),
      aws::required("PolicyId", &Policy::policy_id),
      aws::required("Arn", &Policy::arn),
      aws::required("Path", &Policy::path),
      aws::required("DefaultVersionId", &Policy::default_version_id),
      aws::required("AttachmentCount", &Policy::attachment_count),
      aws::required("PermissionsBoundaryUsageCount", &Policy::permissions_boundary_usage_count),
      aws::required("IsAttachable", &Policy::is_attachable),
      aws::optional("Description", &Policy::description),
      aws::required("CreateDate", &Policy::create_date),
      aws::required("UpdateDate", &Policy::update_date),
      aws::optional("Tags", &Policy::tags)};
};
Policy shown(const ManagedPolicy& policy, const aws::Tags& tags);
// Lists leave out the description and the tags.
Policy listed(const ManagedPolicy& policy);

inline constexpr auto version_letters = aws::pattern(R"(v[1-9][0-9]*(\.[A-Za-z0-9-]*)?)");
std::string version_id(std::int64_t number);  // "v1"

struct PolicyVersion {
  std::optional<std::string> document;  // percent-encoded; lists leave it out
  std::string version_id;
  bool is_default_version = false;
  TimePoint create_date;
  static constexpr auto fields =
      std::tuple{aws::optional("Document", &PolicyVersion::document),
                 aws::required("VersionId", &PolicyVersion::version_id),
                 aws::required("IsDefaultVersion", &PolicyVersion::is_default_version),
                 aws::required("CreateDate", &PolicyVersion::create_date)};
};
PolicyVersion listed(const iam::PolicyVersion& version, std::int64_t default_version);

}  // namespace everseal::iam::shapes

template <>
inline constexpr auto everseal::aws::names_of<everseal::iam::shapes::KeyStatus> =
    std::to_array<everseal::aws::EnumName<everseal::iam::shapes::KeyStatus>>(
        {{everseal::iam::shapes::KeyStatus::Active, "Active"},
         {everseal::iam::shapes::KeyStatus::Inactive, "Inactive"}});
