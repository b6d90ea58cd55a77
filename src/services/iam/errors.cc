#include "services/iam/errors.h"

#include <utility>

namespace everseal::iam {
namespace {

ApiError not_found(std::string message) { return {"NoSuchEntity", 404, std::move(message)}; }
ApiError limit_exceeded(std::string message) { return {"LimitExceeded", 409, std::move(message)}; }

std::string word_for(Holder::Kind holder) {
  if (holder == Holder::Kind::Role) return "role";
  return holder == Holder::Kind::Group ? "group" : "user";
}

}  // namespace

ApiError no_such_user(std::string_view name) {
  return not_found("The user with name " + std::string(name) + " cannot be found.");
}

ApiError no_such_access_key(std::string_view id) {
  return not_found("The Access Key with id " + std::string(id) + " cannot be found.");
}

ApiError no_such_role(std::string_view name) {
  return not_found("The role with name " + std::string(name) + " cannot be found.");
}

ApiError no_such_group(std::string_view name) {
  return not_found("The group with name " + std::string(name) + " cannot be found.");
}

ApiError no_such_member(std::string_view group, std::string_view user) {
  return not_found("The user with name " + std::string(user) + " is not in the group with name " +
                   std::string(group) + ".");
}

ApiError no_such_inline_policy(Holder::Kind holder, std::string_view name) {
  return not_found("The " + word_for(holder) + " policy with name " + std::string(name) +
                   " cannot be found.");
}

ApiError no_such_policy(std::string_view arn) {
  return not_found("Policy " + std::string(arn) + " does not exist or is not attachable.");
}

ApiError no_such_boundary(const Holder& holder) {
  return not_found("The " + word_for(holder.kind) + " with name " + holder.name +
                   " has no permissions boundary.");
}

ApiError no_such_attachment(std::string_view arn) {
  return not_found("Policy " + std::string(arn) + " was not found.");
}

ApiError no_such_policy_version(std::string_view version) {
  return not_found("Policy version " + std::string(version) + " does not exist.");
}

ApiError user_exists(std::string_view name) {
  return {"EntityAlreadyExists", 409, "User with name " + std::string(name) + " already exists."};
}

ApiError role_exists(std::string_view name) {
  return {"EntityAlreadyExists", 409, "Role with name " + std::string(name) + " already exists."};
}

ApiError group_exists(std::string_view name) {
  return {"EntityAlreadyExists", 409, "Group with name " + std::string(name) + " already exists."};
}

ApiError policy_exists(std::string_view name) {
  return {
      "EntityAlreadyExists", 409,
      "A policy called " + std::string(name) + " already exists. Duplicate names are not allowed."};
}

ApiError delete_first(std::string_view what) {
  return {"DeleteConflict", 409, "Cannot delete entity, " + std::string(what) + "."};
}

ApiError policy_is_attached() {
  return {"DeleteConflict", 409, "Cannot delete a policy attached to entities."};
}

ApiError policy_has_versions() {
  return {"DeleteConflict", 409,
          "This policy has more than one version. Before you delete a policy, you must delete the "
          "policy's versions. The default version is deleted with the policy."};
}

ApiError version_is_default() {
  return {"DeleteConflict", 409, "Cannot delete the default version of a policy."};
}

ApiError over_quota(std::string_view quota, std::int64_t most) {
  return limit_exceeded("Cannot exceed quota for " + std::string(quota) + ": " +
                        std::to_string(most));
}

ApiError inline_policies_too_long(const Holder& holder, std::size_t most) {
  return limit_exceeded("Maximum policy size of " + std::to_string(most) + " bytes exceeded for " +
                        word_for(holder.kind) + " " + holder.name);
}

ApiError malformed_policy(std::string reason) {
  return {"MalformedPolicyDocument", 400, std::move(reason)};
}

ApiError reserved_tag_key() {
  return {"InvalidInput", 400, "Tag keys that begin with aws: are reserved."};
}

ApiError duplicate_tags() {
  return {"InvalidInput", 400,
          "Duplicate tag keys found. Please note that Tag keys are case insensitive."};
}

ApiError unsupported(std::string_view member) {
  return {"InvalidInput", 400, std::string(member) + " is not supported by Everseal."};
}

ApiError bad_marker() { return {"ValidationError", 400, "The marker is not one of this list."}; }

ApiError user_name_needed() {
  return {"ValidationError", 400, "Must specify userName when calling with non-User credentials"};
}

ApiError aws_policy_is_fixed() {
  return {"AccessDenied", 403, "Policies of AWS cannot be changed or deleted."};
}

}  // namespace everseal::iam
