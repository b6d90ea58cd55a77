#include "services/iam/shapes.h"

#include <set>

#include "encoding/percent.h"
#include "services/iam/identifiers.h"

namespace everseal::iam::shapes {

std::vector<Tag> shown(const aws::Tags& tags) {
  std::vector<Tag> all;
  for (const auto& [key, value] : tags) all.push_back({key, value});
  return all;
}

aws::Tags pairs(const std::vector<Tag>& tags) {
  aws::Tags all;
  for (const Tag& tag : tags) all.emplace_back(tag.key, tag.value);
  return all;
}

bool has_duplicates(const std::vector<Tag>& tags) {
  std::set<std::string> keys;
  for (const Tag& tag : tags) keys.insert(folded(tag.key));
  return keys.size() != tags.size();
}

User shown(const iam::User& user, const aws::Tags& tags) {
  return {user.path, user.name, user.id, user.arn(), user.created_at, shown(tags)};
}

Group shown(const iam::Group& group) {
  return {group.path, group.name, group.id, group.arn(), group.created_at};
}

AccessKeyMetadata shown(const AccessKey& key, const std::optional<std::string>& user_name) {
  return {user_name, key.id, key.active ? KeyStatus::Active : KeyStatus::Inactive, key.created_at};
}

Role shown(const iam::Role& role, const aws::Tags& tags) {
  return {.path = role.path,
          .role_name = role.name,
          .role_id = role.id,
          .arn = role.arn(),
          .create_date = role.created_at,
          .assume_role_policy_document = encoding::percent_encode(role.trust_policy),
          .description = role.description,
          .max_session_duration = role.longest_session.count(),
          .tags = shown(tags)};
}

Policy shown(const ManagedPolicy& policy, const aws::Tags& tags) {
  Policy all = listed(policy);
  all.description = policy.description;
  all.tags = shown(tags);
  return all;
}

Policy listed(const ManagedPolicy& policy) {
  return {.policy_name = policy.name,
          .policy_id = policy.id,
          .arn = policy.arn,
          .path = policy.path,
          .default_version_id = version_id(policy.default_version),
          .attachment_count = policy.attachments,
          .permissions_boundary_usage_count = policy.boundaries,
          .is_attachable = true,
          .description = std::nullopt,
          .create_date = policy.created_at,
          .update_date = policy.updated_at,
          .tags = {}};
}

PolicyVersion listed(const iam::PolicyVersion& version, std::int64_t default_version) {
  return {std::nullopt, version_id(version.number), version.number == default_version,
          version.created_at};
}

std::string version_id(std::int64_t number) { return "v" + std::to_string(number); }

}  // namespace everseal::iam::shapes
