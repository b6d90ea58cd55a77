#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/access.h"
#include "aws/call.h"
#include "aws/policy/context.h"
#include "aws/policy/evaluate.h"
#include "aws/policy/policy.h"
#include "services/lambda/operations/add_permission.h"
#include "services/lambda/operations/create_alias.h"
#include "services/lambda/operations/publish_version.h"
#include "services/lambda/operations/remove_permission.h"
#include "services/lambda/said_by_function.h"
#include "services/lambda/test_world.h"

namespace everseal::lambda {
namespace {

constexpr std::string_view other_account = "444455556666";

class PermissionsTest : public LambdaTest {
 protected:
  PermissionsTest() { create(python("return 1")); }

  AddPermission::Request permission(const std::string& id, const std::string& principal) const {
    AddPermission::Request request;
    request.function_name = "demo";
    request.statement_id = id;
    request.action = "lambda:InvokeFunction";
    request.principal = principal;
    return request;
  }
  std::string add(const AddPermission::Request& request) {
    return need(AddPermission{*functions}(request, call)).statement;
  }
  // Whether a user may invoke it who may do anything as far as his own account says.
  bool may_invoke(std::string_view account, const std::string& user,
                  const std::string& resource = std::string(demo_arn),
                  const aws::Access& access = {}) {
    aws::Call asked = call;
    asked.caller.kind = aws::Caller::Kind::User;
    asked.caller.account = account;
    asked.caller.arn = "arn:aws:iam::" + std::string(account) + ":user/" + user;
    asked.caller.principal_arn = asked.caller.arn;
    const auto said = said_by_function(*database, resource);
    if (!said) throw std::runtime_error(said.error().cause);
    if (*said && (*said)->account != "111122223333") throw std::runtime_error("whose is it?");
    const std::vector own{*aws::policy::Policy::parse(
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})",
        aws::policy::Kind::Identity)};
    const aws::policy::Context context(asked, access);
    const auto decision = aws::policy::evaluate(
        {"lambda:InvokeFunction", resource, context, "111122223333"},
        {.identity = own, .resource = *said ? (*said)->policy.get() : nullptr});
    return decision && decision->allowed();
  }
};

using APermission = PermissionsTest;

TEST_F(APermission, lets_another_account_in_and_no_third_one) {
  EXPECT_FALSE(may_invoke(other_account, "ops"));
  EXPECT_EQ(add(permission("partner", std::string(other_account))),
            R"({"Sid":"partner","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:)"
            R"(root"},"Action":"lambda:InvokeFunction","Resource":")" +
                std::string(demo_arn) + "\"}");
  EXPECT_TRUE(may_invoke(other_account, "ops"));
  EXPECT_FALSE(may_invoke("777788889999", "ops"));
  ASSERT_TRUE(RemovePermission{*functions}({"demo", "partner", {}, {}}, call));
  EXPECT_FALSE(may_invoke(other_account, "ops"));
}

TEST_F(APermission, lets_one_user_of_another_account_in) {
  add(permission("ops", "arn:aws:iam::444455556666:user/ops"));
  EXPECT_TRUE(may_invoke(other_account, "ops"));
  EXPECT_FALSE(may_invoke(other_account, "dev"));
}

TEST_F(APermission, of_an_alias_is_for_that_alias) {
  need(PublishVersion{*functions}({"demo", {}, {}, {}}, call));
  need(CreateAlias{*functions}({"demo", "PROD", "1", {}, {}}, call));
  auto request = permission("partner", std::string(other_account));
  request.qualifier = "PROD";
  add(request);
  EXPECT_TRUE(may_invoke(other_account, "ops", std::string(demo_arn) + ":PROD"));
  EXPECT_FALSE(may_invoke(other_account, "ops", std::string(demo_arn) + ":1"));
  EXPECT_FALSE(may_invoke(other_account, "ops"));
}

TEST_F(APermission, for_everybody_can_be_for_an_organization_only) {
  auto request = permission("everybody", "*");
  request.principal_org_id = "o-a1b2c3d4e5";
  EXPECT_EQ(add(request), R"({"Sid":"everybody","Effect":"Allow","Principal":"*",)"
                          R"("Action":"lambda:InvokeFunction","Resource":")" +
                              std::string(demo_arn) +
                              R"(","Condition":{"StringEquals":{"aws:PrincipalOrgID":)"
                              R"("o-a1b2c3d4e5"}}})");
  EXPECT_FALSE(may_invoke(other_account, "ops"));  // there are no organizations here
  EXPECT_TRUE(may_invoke(other_account, "ops", std::string(demo_arn),
                         {.context = {{"aws:PrincipalOrgID", {"o-a1b2c3d4e5"}}}}));
}

TEST_F(APermission, for_a_source_is_for_that_source) {
  auto request = permission("rules", "events.amazonaws.com");
  request.source_account = "111122223333";
  request.source_arn = "arn:aws:events:eu-west-1:111122223333:rule/renew*";
  EXPECT_NE(add(request).find(
                R"("Condition":{"StringEquals":{"AWS:SourceAccount":"111122223333"},"ArnLike":)"
                R"({"AWS:SourceArn":"arn:aws:events:eu-west-1:111122223333:rule/renew*"}})"),
            std::string::npos);
  const auto accepts = [&](const std::string& account, const std::string& rule) {
    return code_of(
        executor->accept(demo_arn, "{}",
                         {.service = "events.amazonaws.com",
                          .account = account,
                          .arn = "arn:aws:events:eu-west-1:" + account + ":rule/" + rule},
                         0));
  };
  EXPECT_EQ(accepts("111122223333", "renewed"), "(none)");
  EXPECT_EQ(accepts("111122223333", "other"), "AccessDeniedException");
  EXPECT_EQ(accepts("444455556666", "renewed"), "AccessDeniedException");
}

TEST_F(APermission, is_asked_of_functions_only) {
  for (const std::string_view resource :
       {"*", "arn:aws:s3:::bucket", "arn:aws:lambda:eu-west-1:111122223333:layer:demo",
        "arn:aws:lambda:eu-west-1:111122223333:function:nowhere"}) {
    const auto said = said_by_function(*database, resource);
    ASSERT_TRUE(said);
    EXPECT_FALSE(*said) << resource;
  }
}

TEST_F(PermissionsTest, are_given_and_taken_by_rights_that_may_depend_on_whom_they_let_in) {
  using Context = std::vector<std::pair<std::string, std::vector<std::string>>>;
  const auto request = permission("rule", "events.amazonaws.com");
  const Context expected{{"lambda:FunctionArn", {std::string(demo_arn)}},
                         {"lambda:Principal", {"events.amazonaws.com"}}};
  EXPECT_EQ((AddPermission{*functions}.access(request, call).context), expected);
  const RemovePermission remove{*functions};
  EXPECT_EQ(remove.access({"demo", "rule", {}, {}}, call).context.size(), 1U);
  add(request);
  EXPECT_EQ(remove.access({"demo", "rule", {}, {}}, call).context, expected);
  add(permission("account", std::string(other_account)));
  EXPECT_EQ(remove.access({"demo", "account", {}, {}}, call).context.back().second.front(),
            "arn:aws:iam::444455556666:root");
  add(permission("all", "*"));
  EXPECT_EQ(remove.access({"demo", "all", {}, {}}, call).context.back().second.front(), "*");
}

}  // namespace
}  // namespace everseal::lambda
