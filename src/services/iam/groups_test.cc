#include <gtest/gtest.h>

#include "services/iam/operations/add_user_to_group.h"
#include "services/iam/operations/attach_group_policy.h"
#include "services/iam/operations/create_group.h"
#include "services/iam/operations/create_policy_version.h"
#include "services/iam/operations/delete_group.h"
#include "services/iam/operations/delete_group_policy.h"
#include "services/iam/operations/delete_policy.h"
#include "services/iam/operations/delete_user.h"
#include "services/iam/operations/detach_group_policy.h"
#include "services/iam/operations/get_group.h"
#include "services/iam/operations/get_group_policy.h"
#include "services/iam/operations/get_policy.h"
#include "services/iam/operations/list_attached_group_policies.h"
#include "services/iam/operations/list_group_policies.h"
#include "services/iam/operations/list_groups.h"
#include "services/iam/operations/list_groups_for_user.h"
#include "services/iam/operations/list_policies.h"
#include "services/iam/operations/put_group_policy.h"
#include "services/iam/operations/put_user_permissions_boundary.h"
#include "services/iam/operations/remove_user_from_group.h"
#include "services/iam/test_account.h"

namespace everseal::iam {
namespace {

constexpr std::string_view only_acm =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"acm:*","Resource":"*"}})";
constexpr std::string_view only_s3 =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}})";
constexpr std::string_view never_s3 =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}})";

const aws::Call root = TestAccount::as_root();

class AGroup : public testing::Test {
 protected:
  auto create(const std::string& name, std::optional<std::string> path = {}) {
    return CreateGroup{*account.database, account.random, account.clock}({std::move(path), name},
                                                                         root);
  }
  auto remove(const std::string& name) { return DeleteGroup{*account.database}({name}, root); }
  auto add(const std::string& user, const std::string& group = "ops") {
    return AddUserToGroup{*account.database, account.directory}({group, user}, root);
  }
  auto take(const std::string& user, const std::string& group = "ops") {
    return RemoveUserFromGroup{*account.database, account.directory}({group, user}, root);
  }
  auto put(std::string_view document, const std::string& name = "says") {
    return PutGroupPolicy{*account.database, account.directory}(
        {"ops", name, std::string(document)}, root);
  }
  auto attach(const std::string& arn) {
    return AttachGroupPolicy{*account.database, account.directory}({"ops", arn}, root);
  }
  auto detach(const std::string& arn) {
    return DetachGroupPolicy{*account.database, account.directory}({"ops", arn}, root);
  }
  bool may(const shapes::User& user, std::string_view action) {
    return !need(account.authorizer.authorize(TestAccount::as(user), action, aws::on_anything()));
  }

  TestAccount account;
};

TEST_F(AGroup, is_named_by_id_and_arn_once_in_whatever_case) {
  const auto made = need(create("ops", "/plant/")).group;
  EXPECT_EQ(made.arn, "arn:aws:iam::111122223333:group/plant/ops");
  EXPECT_EQ(made.group_id.substr(0, 4), "AGPA");
  EXPECT_EQ(made.group_id.size(), 21U);
  EXPECT_EQ(need(GetGroup{*account.database}({"ops", {}, {}}, root)).group.group_id, made.group_id);
  EXPECT_EQ(message_of(create("OPS")), "Group with name OPS already exists.");
  EXPECT_EQ(code_of(GetGroup{*account.database}({"OPS", {}, {}}, root)), "NoSuchEntity");
}

TEST_F(AGroup, gives_its_users_what_its_inline_policies_say_while_they_are_in_it) {
  need(create("ops"));
  const auto user = account.add_user("anna");
  EXPECT_FALSE(may(user, "acm:ListCertificates"));
  need(put(only_acm));
  EXPECT_FALSE(may(user, "acm:ListCertificates"));
  need(add("anna"));
  EXPECT_TRUE(may(user, "acm:ListCertificates"));
  EXPECT_FALSE(may(user, "s3:ListBucket"));
  need(put(only_s3));
  EXPECT_FALSE(may(user, "acm:ListCertificates"));
  EXPECT_TRUE(may(user, "s3:ListBucket"));
  need(take("anna"));
  EXPECT_FALSE(may(user, "s3:ListBucket"));
  need(add("anna"));
  EXPECT_TRUE(may(user, "s3:ListBucket"));
  need(DeleteGroupPolicy{*account.database, account.directory}({"ops", "says"}, root));
  EXPECT_FALSE(may(user, "s3:ListBucket"));
}

TEST_F(AGroup, gives_its_users_what_its_managed_policies_say_now) {
  need(create("ops"));
  const auto user = account.add_user("anna");
  need(add("anna"));
  const auto arn = account.add_policy("limits", only_acm);
  need(attach(arn));
  EXPECT_TRUE(may(user, "acm:ListCertificates"));
  need(CreatePolicyVersion{*account.database, account.directory, account.clock}(
      {arn, std::string(only_s3), true}, root));
  EXPECT_FALSE(may(user, "acm:ListCertificates"));
  EXPECT_TRUE(may(user, "s3:ListBucket"));
  need(detach(arn));
  EXPECT_FALSE(may(user, "s3:ListBucket"));
}

TEST_F(AGroup, denies_what_the_users_own_policies_allow_and_widens_no_boundary) {
  need(create("ops"));
  const auto user = account.add_user("anna");
  account.put_policy("anna", "all");
  EXPECT_TRUE(may(user, "s3:ListBucket"));
  need(put(never_s3));
  need(add("anna"));
  EXPECT_FALSE(may(user, "s3:ListBucket"));
  EXPECT_TRUE(may(user, "acm:ListCertificates"));
  need(put(allow_all));
  EXPECT_TRUE(may(user, "s3:ListBucket"));
  need(PutUserPermissionsBoundary{*account.database, account.directory}(
      {"anna", account.add_policy("limits", only_acm)}, root));
  EXPECT_FALSE(may(user, "s3:ListBucket"));
}

TEST_F(AGroup, shows_its_users_and_a_user_its_groups_in_pages) {
  need(create("ops"));
  need(create("plant"));
  for (const auto* name : {"carl", "Anna", "ben"}) {
    account.add_user(name);
    need(add(name));
    need(add(name));
  }
  need(add("ben", "plant"));
  const GetGroup get{*account.database};
  const auto first = need(get({"ops", {}, 2}, root));
  ASSERT_EQ(first.users.size(), 2U);
  EXPECT_EQ(first.users[0].user_name, "Anna");
  EXPECT_EQ(first.users[1].user_name, "ben");
  ASSERT_TRUE(first.is_truncated);
  const auto rest = need(get({"ops", first.marker, 2}, root));
  ASSERT_EQ(rest.users.size(), 1U);
  EXPECT_EQ(rest.users[0].user_name, "carl");
  EXPECT_FALSE(rest.is_truncated);
  const ListGroupsForUser of_user{*account.database};
  EXPECT_EQ(need(of_user({"Anna", {}, {}}, root)).groups.size(), 1U);
  const auto of_ben = need(of_user({"ben", {}, 1}, root));
  EXPECT_EQ(of_ben.groups[0].group_name, "ops");
  ASSERT_TRUE(of_ben.is_truncated);
  EXPECT_EQ(need(of_user({"ben", of_ben.marker, 1}, root)).groups[0].group_name, "plant");
}

TEST_F(AGroup, is_listed_below_its_path_in_pages) {
  need(create("b", "/x/"));
  need(create("a", "/x/y/"));
  need(create("c"));
  const ListGroups list{*account.database};
  EXPECT_EQ(need(list({{}, {}, {}}, root)).groups.size(), 3U);
  const auto first = need(list({"/x/", {}, 1}, root));
  EXPECT_EQ(first.groups[0].group_name, "a");
  ASSERT_TRUE(first.is_truncated);
  const auto rest = need(list({"/x/", first.marker, 1}, root));
  EXPECT_EQ(rest.groups[0].group_name, "b");
  EXPECT_FALSE(rest.is_truncated);
  EXPECT_EQ(code_of(list({"/", first.marker, 1}, root)), "ValidationError");
}

TEST_F(AGroup, has_inline_policies_of_5120_characters_and_ten_attached_ones) {
  need(create("ops"));
  need(put(only_acm));
  const auto document = need(GetGroupPolicy{*account.database}({"ops", "says"}, root));
  EXPECT_EQ(document.group_name, "ops");
  EXPECT_EQ(document.policy_document.substr(0, 3), "%7B");
  EXPECT_EQ(need(ListGroupPolicies{*account.database}({"ops", {}, {}}, root)).policy_names,
            std::vector<std::string>{"says"});
  EXPECT_EQ(message_of(GetGroupPolicy{*account.database}({"ops", "none"}, root)),
            "The group policy with name none cannot be found.");
  EXPECT_EQ(code_of(put("{}")), "MalformedPolicyDocument");
  const auto of_size = [](std::size_t size) {
    const std::string begin =
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"acm:*","Resource":")";
    return begin + "arn:aws:acm:*:*:" + std::string(size - begin.size() - 19, 'x') + "\"}}";
  };
  ASSERT_EQ(of_size(5000).size(), 5000U);
  EXPECT_TRUE(put(of_size(5120)));
  EXPECT_EQ(code_of(put(of_size(5121))), "LimitExceeded");
  EXPECT_EQ(code_of(put(only_acm, "more")), "LimitExceeded");
  for (int i = 0; i < 10; ++i) need(attach(account.add_policy("p" + std::to_string(i))));
  EXPECT_EQ(message_of(attach(account.add_policy("p10"))),
            "Cannot exceed quota for PoliciesPerGroup: 10");
  EXPECT_EQ(need(ListAttachedGroupPolicies{*account.database}({"ops", {}, {}, {}}, root))
                .attached_policies.size(),
            10U);
}

TEST_F(AGroup, counts_as_an_attachment_of_its_managed_policies) {
  need(create("ops"));
  const auto arn = account.add_policy("limits");
  need(attach(arn));
  EXPECT_EQ(need(GetPolicy{*account.database}({arn}, root)).policy.attachment_count, 1);
  ListPolicies::Request attached;
  attached.only_attached = true;
  EXPECT_EQ(need(ListPolicies{*account.database}(attached, root)).policies.size(), 1U);
  const DeletePolicy delete_policy{*account.database, account.directory};
  EXPECT_EQ(code_of(delete_policy({arn}, root)), "DeleteConflict");
  need(detach(arn));
  EXPECT_EQ(code_of(detach(arn)), "NoSuchEntity");
  need(delete_policy({arn}, root));
}

TEST_F(AGroup, is_deleted_once_it_holds_nothing_and_so_are_its_users) {
  need(create("ops"));
  account.add_user("anna");
  need(add("anna"));
  EXPECT_EQ(message_of(DeleteUser{*account.database}({"anna"}, root)),
            "Cannot delete entity, must remove users from group first.");
  EXPECT_EQ(code_of(remove("ops")), "DeleteConflict");
  need(take("anna"));
  EXPECT_EQ(message_of(take("anna")), "The user with name anna is not in the group with name ops.");
  need(put(only_acm));
  EXPECT_EQ(code_of(remove("ops")), "DeleteConflict");
  need(DeleteGroupPolicy{*account.database, account.directory}({"ops", "says"}, root));
  need(remove("ops"));
  EXPECT_EQ(code_of(remove("ops")), "NoSuchEntity");
  need(DeleteUser{*account.database}({"anna"}, root));
}

TEST_F(AGroup, takes_users_that_are_there_and_in_fewer_than_ten_others) {
  account.add_user("anna");
  EXPECT_EQ(message_of(add("anna")), "The group with name ops cannot be found.");
  need(create("ops"));
  EXPECT_EQ(code_of(add("none")), "NoSuchEntity");
  for (int i = 0; i < 10; ++i) {
    const auto name = "g" + std::to_string(i);
    need(create(name));
    need(add("anna", name));
  }
  EXPECT_EQ(message_of(add("anna")), "Cannot exceed quota for GroupsPerUser: 10");
  EXPECT_EQ(need(ListGroupsForUser{*account.database}({"anna", {}, {}}, root)).groups.size(), 10U);
}

}  // namespace
}  // namespace everseal::iam
