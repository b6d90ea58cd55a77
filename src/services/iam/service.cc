#include "services/iam/service.h"

#include "services/iam/operations/add_user_to_group.h"
#include "services/iam/operations/attach_group_policy.h"
#include "services/iam/operations/attach_role_policy.h"
#include "services/iam/operations/attach_user_policy.h"
#include "services/iam/operations/create_access_key.h"
#include "services/iam/operations/create_group.h"
#include "services/iam/operations/create_policy.h"
#include "services/iam/operations/create_policy_version.h"
#include "services/iam/operations/create_role.h"
#include "services/iam/operations/create_user.h"
#include "services/iam/operations/delete_access_key.h"
#include "services/iam/operations/delete_group.h"
#include "services/iam/operations/delete_group_policy.h"
#include "services/iam/operations/delete_policy.h"
#include "services/iam/operations/delete_policy_version.h"
#include "services/iam/operations/delete_role.h"
#include "services/iam/operations/delete_role_permissions_boundary.h"
#include "services/iam/operations/delete_role_policy.h"
#include "services/iam/operations/delete_user.h"
#include "services/iam/operations/delete_user_permissions_boundary.h"
#include "services/iam/operations/delete_user_policy.h"
#include "services/iam/operations/detach_group_policy.h"
#include "services/iam/operations/detach_role_policy.h"
#include "services/iam/operations/detach_user_policy.h"
#include "services/iam/operations/get_group.h"
#include "services/iam/operations/get_group_policy.h"
#include "services/iam/operations/get_policy.h"
#include "services/iam/operations/get_policy_version.h"
#include "services/iam/operations/get_role.h"
#include "services/iam/operations/get_role_policy.h"
#include "services/iam/operations/get_user.h"
#include "services/iam/operations/get_user_policy.h"
#include "services/iam/operations/list_access_keys.h"
#include "services/iam/operations/list_attached_group_policies.h"
#include "services/iam/operations/list_attached_role_policies.h"
#include "services/iam/operations/list_attached_user_policies.h"
#include "services/iam/operations/list_group_policies.h"
#include "services/iam/operations/list_groups.h"
#include "services/iam/operations/list_groups_for_user.h"
#include "services/iam/operations/list_instance_profiles_for_role.h"
#include "services/iam/operations/list_policies.h"
#include "services/iam/operations/list_policy_tags.h"
#include "services/iam/operations/list_policy_versions.h"
#include "services/iam/operations/list_role_policies.h"
#include "services/iam/operations/list_role_tags.h"
#include "services/iam/operations/list_roles.h"
#include "services/iam/operations/list_user_policies.h"
#include "services/iam/operations/list_user_tags.h"
#include "services/iam/operations/list_users.h"
#include "services/iam/operations/put_group_policy.h"
#include "services/iam/operations/put_role_permissions_boundary.h"
#include "services/iam/operations/put_role_policy.h"
#include "services/iam/operations/put_user_permissions_boundary.h"
#include "services/iam/operations/put_user_policy.h"
#include "services/iam/operations/remove_user_from_group.h"
#include "services/iam/operations/set_default_policy_version.h"
#include "services/iam/operations/tag_policy.h"
#include "services/iam/operations/tag_role.h"
#include "services/iam/operations/tag_user.h"
#include "services/iam/operations/untag_policy.h"
#include "services/iam/operations/untag_role.h"
#include "services/iam/operations/untag_user.h"
#include "services/iam/operations/update_access_key.h"
#include "services/iam/operations/update_assume_role_policy.h"
#include "services/iam/operations/update_role.h"

namespace everseal::iam {

aws::Service make_service(const Parts& parts) {
  const auto& [database, directory, vault, random, clock] = parts;
  aws::Service service({.name = "iam",
                        .signing_name = "iam",
                        .protocol = aws::Protocol::Query,
                        .target_prefix = {},
                        .api_version = "2010-05-08",
                        .xml_namespace = "https://iam.amazonaws.com/doc/2010-05-08/",
                        .internal_failure = "ServiceFailure"});
  service.add(CreateUser{database, directory, random, clock})
      .add(GetUser{database})
      .add(ListUsers{database})
      .add(DeleteUser{database})
      .add(CreateAccessKey{database, vault, random, clock})
      .add(ListAccessKeys{database})
      .add(UpdateAccessKey{database, directory})
      .add(DeleteAccessKey{database, directory})
      .add(PutUserPolicy{database, directory})
      .add(GetUserPolicy{database})
      .add(ListUserPolicies{database})
      .add(DeleteUserPolicy{database, directory})
      .add(CreatePolicy{database, random, clock})
      .add(GetPolicy{database})
      .add(GetPolicyVersion{database})
      .add(ListPolicies{database})
      .add(ListPolicyVersions{database})
      .add(DeletePolicy{database, directory})
      .add(AttachUserPolicy{database, directory})
      .add(DetachUserPolicy{database, directory})
      .add(ListAttachedUserPolicies{database})
      .add(TagUser{database, directory})
      .add(UntagUser{database, directory})
      .add(ListUserTags{database})
      .add(TagPolicy{database})
      .add(UntagPolicy{database})
      .add(ListPolicyTags{database})
      .add(CreateGroup{database, random, clock})
      .add(GetGroup{database})
      .add(ListGroups{database})
      .add(DeleteGroup{database})
      .add(AddUserToGroup{database, directory})
      .add(RemoveUserFromGroup{database, directory})
      .add(ListGroupsForUser{database})
      .add(PutGroupPolicy{database, directory})
      .add(GetGroupPolicy{database})
      .add(ListGroupPolicies{database})
      .add(DeleteGroupPolicy{database, directory})
      .add(AttachGroupPolicy{database, directory})
      .add(DetachGroupPolicy{database, directory})
      .add(ListAttachedGroupPolicies{database})
      .add(PutUserPermissionsBoundary{database, directory})
      .add(DeleteUserPermissionsBoundary{database, directory})
      .add(CreateRole{database, directory, random, clock})
      .add(GetRole{database})
      .add(ListRoles{database})
      .add(UpdateRole{database, directory})
      .add(UpdateAssumeRolePolicy{database, directory})
      .add(DeleteRole{database, directory})
      .add(TagRole{database, directory})
      .add(UntagRole{database, directory})
      .add(ListRoleTags{database})
      .add(PutRolePolicy{database, directory})
      .add(GetRolePolicy{database})
      .add(ListRolePolicies{database})
      .add(DeleteRolePolicy{database, directory})
      .add(AttachRolePolicy{database, directory})
      .add(DetachRolePolicy{database, directory})
      .add(ListAttachedRolePolicies{database})
      .add(PutRolePermissionsBoundary{database, directory})
      .add(DeleteRolePermissionsBoundary{database, directory})
      .add(ListInstanceProfilesForRole{database})
      .add(CreatePolicyVersion{database, directory, clock})
      .add(SetDefaultPolicyVersion{database, directory, clock})
      .add(DeletePolicyVersion{database});
  return service;
}

}  // namespace everseal::iam
