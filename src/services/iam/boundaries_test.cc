#include <gtest/gtest.h>

#include "services/iam/operations/create_policy_version.h"
#include "services/iam/operations/create_role.h"
#include "services/iam/operations/create_user.h"
#include "services/iam/operations/delete_policy.h"
#include "services/iam/operations/delete_role.h"
#include "services/iam/operations/delete_role_permissions_boundary.h"
#include "services/iam/operations/delete_user.h"
#include "services/iam/operations/delete_user_permissions_boundary.h"
#include "services/iam/operations/get_policy.h"
#include "services/iam/operations/get_role.h"
#include "services/iam/operations/get_user.h"
#include "services/iam/operations/list_policies.h"
#include "services/iam/operations/put_role_permissions_boundary.h"
#include "services/iam/operations/put_user_permissions_boundary.h"
#include "services/iam/operations/put_user_policy.h"
#include "services/iam/test_account.h"

namespace everseal::iam {
namespace {

constexpr std::string_view only_acm =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"acm:*","Resource":"*"}})";
constexpr std::string_view only_s3 =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}})";
constexpr const char* administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
constexpr const char* no_such_arn = "arn:aws:iam::111122223333:policy/none";

const aws::Call root = TestAccount::as_root();

class ABoundary : public testing::Test {
 protected:
  auto limit_user(const std::string& user, const std::string& arn) {
    return PutUserPermissionsBoundary{*account.database, account.directory}({user, arn}, root);
  }
  auto free_user(const std::string& user) {
    return DeleteUserPermissionsBoundary{*account.database, account.directory}({user}, root);
  }
  auto limit_role(const std::string& role, const std::string& arn) {
    return PutRolePermissionsBoundary{*account.database, account.directory}({role, arn}, root);
  }
  auto free_role(const std::string& role) {
    return DeleteRolePermissionsBoundary{*account.database, account.directory}({role}, root);
  }
  auto remove_policy(const std::string& arn) {
    return DeletePolicy{*account.database, account.directory}({arn}, root);
  }
  bool may(const aws::Call& call, std::string_view action) {
    return !need(account.authorizer.authorize(call, action, aws::on_anything()));
  }
  shapes::Policy policy(const std::string& arn) {
    return need(GetPolicy{*account.database}({arn}, root)).policy;
  }

  TestAccount account;
};

TEST_F(ABoundary, cuts_what_a_user_may_from_its_answer_on_and_no_longer_than_it_is_there) {
  const auto user = account.add_user("ops");
  account.put_policy("ops", "all");
  const auto call = TestAccount::as(user);
  const auto limits = account.add_policy("limits", only_acm);
  EXPECT_TRUE(may(call, "s3:ListBucket"));
  need(limit_user("ops", limits));
  EXPECT_TRUE(may(call, "acm:ListCertificates"));
  EXPECT_FALSE(may(call, "s3:ListBucket"));
  need(limit_user("ops", administrator));
  EXPECT_TRUE(may(call, "s3:ListBucket")) << "the new one is in the place of the old";
  need(limit_user("ops", limits));
  EXPECT_FALSE(may(call, "s3:ListBucket"));
  need(free_user("ops"));
  EXPECT_TRUE(may(call, "s3:ListBucket"));
}

TEST_F(ABoundary, whose_policy_is_gone_leaves_nothing) {
  const auto user = account.add_user("ops");
  account.put_policy("ops", "all");
  const auto limits = account.add_policy("limits", only_acm);
  need(limit_user("ops", limits));
  need(account.database->write([&](sql::Transaction& tx) -> Outcome {
    const auto gone = tx.run("DELETE FROM iam_policy_version WHERE policy_arn = $1", limits);
    if (!gone) return gone.error();
    return {};
  }));
  const auto call = TestAccount::as(user);
  EXPECT_FALSE(account.authorizer.authorize(call, "acm:ListCertificates", aws::on_anything()))
      << "not as if there were no boundary";
}

TEST_F(ABoundary, gives_nothing_by_itself) {
  const auto user = account.add_user("ops");
  need(limit_user("ops", administrator));
  EXPECT_FALSE(may(TestAccount::as(user), "acm:ListCertificates"));
}

TEST_F(ABoundary, is_what_its_policy_says_now) {
  const auto user = account.add_user("ops");
  account.put_policy("ops", "all");
  const auto limits = account.add_policy("limits", only_acm);
  need(limit_user("ops", limits));
  EXPECT_FALSE(may(TestAccount::as(user), "s3:ListBucket"));
  need(CreatePolicyVersion{*account.database, account.directory, account.clock}(
      {limits, std::string(only_s3), true}, root));
  EXPECT_TRUE(may(TestAccount::as(user), "s3:ListBucket"));
  EXPECT_FALSE(may(TestAccount::as(user), "acm:ListCertificates"));
}

TEST_F(ABoundary, cuts_the_sessions_of_a_role) {
  const auto role = account.add_role("exporter");
  account.attach_to_role("exporter", administrator);
  aws::Session session;
  session.role_id = role.role_id;
  aws::Call call = root;
  call.caller.kind = aws::Caller::Kind::RoleSession;
  call.caller.session = std::make_shared<const aws::Session>(session);
  EXPECT_TRUE(may(call, "s3:ListBucket"));
  need(limit_role("exporter", account.add_policy("limits", only_acm)));
  EXPECT_FALSE(may(call, "s3:ListBucket"));
  EXPECT_TRUE(may(call, "acm:ListCertificates"));
  need(free_role("exporter"));
  EXPECT_TRUE(may(call, "s3:ListBucket"));
}

TEST_F(ABoundary, is_there_from_the_beginning_where_it_is_made_with_it) {
  const auto limits = account.add_policy("limits", only_acm);
  const CreateUser create_user{*account.database, account.directory, account.random, account.clock};
  const shapes::PermissionsBoundary expected{.policy_arn = limits};
  const auto user = need(create_user({{}, "ops", limits, {}}, root)).user;
  EXPECT_EQ(user.permissions_boundary, expected);
  EXPECT_EQ(need(GetUser{*account.database}({"ops"}, root)).user.permissions_boundary, expected);
  account.put_policy("ops", "all");
  EXPECT_FALSE(may(TestAccount::as(user), "s3:ListBucket"));
  const CreateRole create_role{*account.database, account.directory, account.random, account.clock};
  const auto role =
      need(create_role({{}, "exporter", std::string(trust_lambda), {}, {}, limits, {}}, root)).role;
  EXPECT_EQ(role.permissions_boundary, expected);
  EXPECT_EQ(need(GetRole{*account.database}({"exporter"}, root)).role.permissions_boundary,
            expected);
  EXPECT_EQ(code_of(create_user({{}, "other", no_such_arn, {}}, root)), "NoSuchEntity");
  EXPECT_EQ(code_of(GetUser{*account.database}({"other"}, root)), "NoSuchEntity")
      << "it was made without its boundary";
}

TEST_F(ABoundary, is_refused_where_something_of_it_is_not_there) {
  account.add_user("ops");
  account.add_role("exporter");
  EXPECT_EQ(code_of(limit_user("none", administrator)), "NoSuchEntity");
  EXPECT_EQ(code_of(limit_user("ops", no_such_arn)), "NoSuchEntity");
  EXPECT_EQ(message_of(free_user("ops")), "The user with name ops has no permissions boundary.");
  EXPECT_EQ(code_of(limit_role("none", administrator)), "NoSuchEntity");
  EXPECT_EQ(code_of(limit_role("exporter", no_such_arn)), "NoSuchEntity");
  EXPECT_EQ(message_of(free_role("exporter")),
            "The role with name exporter has no permissions boundary.");
}

TEST_F(ABoundary, is_counted_listed_and_keeps_its_policy_from_being_deleted) {
  const auto limits = account.add_policy("limits", only_acm);
  account.add_policy("other", only_s3);
  account.add_user("ops");
  account.add_role("exporter");
  need(limit_user("ops", limits));
  need(limit_role("exporter", limits));
  EXPECT_EQ(policy(limits).permissions_boundary_usage_count, 2);
  EXPECT_EQ(policy(limits).attachment_count, 0);
  ListPolicies::Request request;
  request.policy_usage_filter = ListPolicies::Usage::PermissionsBoundary;
  const auto listed = need(ListPolicies{*account.database}(request, root)).policies;
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].arn, limits);
  EXPECT_EQ(code_of(remove_policy(limits)), "DeleteConflict");
  need(DeleteUser{*account.database}({"ops"}, root));
  EXPECT_EQ(code_of(remove_policy(limits)), "DeleteConflict");
  need(DeleteRole{*account.database, account.directory}({"exporter"}, root));
  need(remove_policy(limits));
}

TEST_F(ABoundary, is_known_to_conditions_of_who_may_give_rights) {
  account.add_user("ops");
  const auto asked = [&](const aws::Access& access) {
    for (const auto& [key, values] : access.context) {
      if (key == "iam:PermissionsBoundary") return values.at(0);
    }
    return std::string();
  };
  const PutUserPolicy put_policy{*account.database, account.directory};
  const PutUserPermissionsBoundary put{*account.database, account.directory};
  const DeleteUserPermissionsBoundary remove{*account.database, account.directory};
  const CreateUser create{*account.database, account.directory, account.random, account.clock};
  EXPECT_EQ(asked(put_policy.access({"ops", "all", "{}"}, root)), "");
  need(limit_user("ops", administrator));
  EXPECT_EQ(asked(put_policy.access({"ops", "all", "{}"}, root)), administrator);
  EXPECT_EQ(asked(remove.access({"ops"}, root)), administrator);
  EXPECT_EQ(asked(put.access({"ops", no_such_arn}, root)), no_such_arn) << "the one to be";
  EXPECT_EQ(asked(create.access({{}, "other", administrator, {}}, root)), administrator);
  EXPECT_EQ(asked(create.access({{}, "other", {}, {}}, root)), "");
}

}  // namespace
}  // namespace everseal::iam
