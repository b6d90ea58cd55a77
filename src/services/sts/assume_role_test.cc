#include "services/sts/operations/assume_role.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "aws/session/credentials.h"
#include "clock/time_text.h"
#include "services/sts/test_roles.h"

namespace everseal::sts {
namespace {

using namespace std::chrono_literals;

class AssumeRoleTest : public testing::Test {
 protected:
  static AssumeRole::Request request() {
    AssumeRole::Request request;
    request.role_arn = TestRoles::arn;
    request.role_session_name = "run1";
    return request;
  }
  static aws::Call as_user() {
    aws::Call call;
    call.caller.kind = aws::Caller::Kind::User;
    call.caller.account = TestRoles::account;
    call.caller.arn = "arn:aws:iam::111122223333:user/ops";
    return call;
  }
  // As a session of a role, with a tag that it hands on and one that it does not.
  static aws::Call as_session() {
    aws::Call call = as_user();
    call.caller.kind = aws::Caller::Kind::RoleSession;
    call.caller.tags = {{"team", "pki"}, {"site", "north"}};
    call.caller.session = std::make_shared<const aws::Session>(aws::Session{
        .role_id = "AROAOTHER", .transitive_tags = {"team"}, .source_identity = "ops"});
    return call;
  }

  auto assume(const AssumeRole::Request& asked, const aws::Call& call = as_user()) {
    return operation(asked, call);
  }
  std::string message(const AssumeRole::Request& asked, const aws::Call& call = as_user()) {
    const auto outcome = assume(asked, call);
    return outcome ? "(none)" : std::string(outcome.error().code) + ": " + outcome.error().message;
  }
  aws::session::Grant granted(const AssumeRole::Request& asked, const aws::Call& call = as_user()) {
    const auto made = assume(asked, call).value().credentials;
    return aws::session::open_token(test.vault, made.access_key_id, made.session_token)
        .value()
        .grant;
  }

  TestRoles test;
  const AssumeRole operation{test, test.vault, test.random, test.clock};
};

TEST_F(AssumeRoleTest, gives_credentials_for_an_hour) {
  const auto answer = assume(request());
  ASSERT_TRUE(answer);
  const auto& credentials = answer->credentials;
  EXPECT_EQ(credentials.access_key_id.substr(0, 4), "ASIA");
  EXPECT_EQ(credentials.secret_access_key.size(), 40U);
  EXPECT_EQ(credentials.expiration, test.clock.now() + 1h);
  EXPECT_EQ(answer->assumed_role_user.arn, "arn:aws:sts::111122223333:assumed-role/renewer/run1");
  EXPECT_EQ(answer->assumed_role_user.assumed_role_id, "AROAROLEROLEROLEROLER:run1");
  EXPECT_FALSE(answer->packed_policy_size);
  const auto opened =
      aws::session::open_token(test.vault, credentials.access_key_id, credentials.session_token);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->secret.reveal_text(), credentials.secret_access_key);
  EXPECT_EQ(opened->grant.holder_id, "AROAROLEROLEROLEROLER");
  EXPECT_EQ(opened->grant.expires_at, credentials.expiration);
}

TEST_F(AssumeRoleTest, gives_whole_seconds) {
  test.clock.advance(1500ms);
  auto asked = request();
  asked.duration_seconds = 900;
  EXPECT_EQ(to_iso8601(assume(asked)->credentials.expiration), "2025-03-01T12:15:01Z");
}

TEST_F(AssumeRoleTest, gives_no_longer_than_the_role_allows) {
  auto asked = request();
  asked.duration_seconds = 7200;
  EXPECT_TRUE(assume(asked));
  asked.duration_seconds = 7201;
  EXPECT_EQ(message(asked),
            "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for "
            "this role.");
}

TEST_F(AssumeRoleTest, gives_an_hour_at_most_to_a_session_of_a_role) {
  auto asked = request();
  asked.duration_seconds = 3600;
  EXPECT_TRUE(assume(asked, as_session()));
  asked.duration_seconds = 3601;
  EXPECT_NE(message(asked, as_session()).find("1 hour session limit"), std::string::npos);
}

TEST_F(AssumeRoleTest, refuses_root_and_roles_that_are_not_there) {
  auto root = as_user();
  root.caller.kind = aws::Caller::Kind::Root;
  EXPECT_EQ(message(request(), root), "AccessDenied: Roles may not be assumed by root accounts.");
  auto asked = request();
  asked.role_arn = "arn:aws:iam::111122223333:role/missing";
  EXPECT_EQ(message(asked),
            "AccessDenied: User: arn:aws:iam::111122223333:user/ops is not authorized to perform: "
            "sts:AssumeRole on resource: arn:aws:iam::111122223333:role/missing");
}

TEST_F(AssumeRoleTest, carries_session_policies) {
  auto asked = request();
  asked.policy = R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";
  asked.policy_arns = {{TestRoles::policy_arn}};
  const auto grant = granted(asked);
  EXPECT_EQ(grant.policy, asked.policy);
  EXPECT_EQ(grant.policy_arns, std::vector<std::string>{TestRoles::policy_arn});
  EXPECT_EQ(assume(asked)->packed_policy_size, 2);
}

TEST_F(AssumeRoleTest, refuses_policies_that_are_none) {
  auto asked = request();
  asked.policy = "{}";
  EXPECT_EQ(message(asked), "MalformedPolicyDocument: Missing required field Statement");
  asked = request();
  asked.policy_arns = {{"arn:aws:iam::aws:policy/Missing"}};
  EXPECT_EQ(message(asked),
            "ValidationError: The managed policy arn:aws:iam::aws:policy/Missing does not exist.");
}

TEST_F(AssumeRoleTest, refuses_more_than_the_token_can_carry) {
  auto asked = request();
  for (int i = 0; i < 50; ++i) {
    asked.tags.push_back({"key" + std::to_string(i), std::string(160, 'x')});
  }
  EXPECT_EQ(message(asked).substr(0, 20), "PackedPolicyTooLarge");
  asked.tags.resize(49);
  EXPECT_EQ(assume(asked)->packed_policy_size, 99);
}

TEST_F(AssumeRoleTest, carries_tags) {
  auto asked = request();
  asked.tags = {{"team", "pki"}, {"site", "north"}};
  asked.transitive_tag_keys = {"site"};
  const auto grant = granted(asked);
  EXPECT_EQ(grant.tags,
            (std::vector<aws::session::Tag>{{"team", "pki", false}, {"site", "north", true}}));
  asked.tags.push_back({"TEAM", "x"});
  EXPECT_NE(message(asked).find("Duplicate tag keys"), std::string::npos);
  asked.tags.pop_back();
  asked.transitive_tag_keys.push_back("other");
  EXPECT_NE(message(asked).find("transitive tag key other"), std::string::npos);
}

TEST_F(AssumeRoleTest, hands_on_what_is_transitive_in_the_session_of_the_caller) {
  const auto grant = granted(request(), as_session());
  EXPECT_EQ(grant.tags, (std::vector<aws::session::Tag>{{"team", "pki", true}}));
  EXPECT_EQ(grant.source_identity, "ops");
  auto asked = request();
  asked.tags = {{"Team", "other"}};
  EXPECT_NE(message(asked, as_session()).find("conflicts with a transitive tag key"),
            std::string::npos);
}

TEST_F(AssumeRoleTest, refuses_what_only_aws_can_check) {
  auto asked = request();
  asked.token_code = "123456";
  EXPECT_EQ(message(asked),
            "ValidationError: Multi-factor authentication is not supported by Everseal.");
}

TEST_F(AssumeRoleTest, asks_for_the_right_to_the_role_and_what_conditions_may_look_at) {
  auto asked = request();
  asked.external_id = "secret";
  const auto access = operation.access(asked, as_user());
  EXPECT_EQ(access.resources, std::vector<std::string>{TestRoles::arn});
  EXPECT_EQ(access.action, "");
  EXPECT_EQ(access.context[0].first, "sts:RoleSessionName");
  EXPECT_EQ(access.context[1].first, "sts:ExternalId");
  EXPECT_EQ(access.context[1].second, std::vector<std::string>{"secret"});
  EXPECT_EQ(access.resource_tags().value(), (aws::Tags{{"team", "pki"}}));
  EXPECT_TRUE(access.also.empty());
}

TEST_F(AssumeRoleTest, asks_for_further_rights_to_tag_the_session_and_name_its_source) {
  auto asked = request();
  asked.tags = {{"team", "pki"}};
  asked.source_identity = "ops";
  const auto access = operation.access(asked, as_user());
  ASSERT_EQ(access.also.size(), 2U);
  EXPECT_EQ(access.also[0].action, "sts:TagSession");
  EXPECT_EQ(access.also[0].resources, std::vector<std::string>{TestRoles::arn});
  EXPECT_EQ(access.also[1].action, "sts:SetSourceIdentity");
  EXPECT_EQ(operation.access(request(), as_session()).also.size(), 2U);
}

}  // namespace
}  // namespace everseal::sts
