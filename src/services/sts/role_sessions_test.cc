#include "services/sts/role_sessions.h"

#include <gtest/gtest.h>

#include <chrono>

#include "services/sts/test_roles.h"

namespace everseal::sts {
namespace {

using namespace std::chrono_literals;

const RoleSessions::Actor lambda{.service = "lambda.amazonaws.com"};

class RoleSessionsTest : public testing::Test {
 protected:
  aws::session::GrantWithSecret issued(std::string_view name, std::chrono::seconds lifetime) {
    const auto made = sessions.issue(lambda, TestRoles::arn, name, lifetime).value().value();
    return aws::session::open_token(test.vault, made.access_key_id, made.session_token).value();
  }
  bool trusts(const RoleSessions::Actor& actor) const {
    return sessions.trusts(actor, TestRoles::arn).value();
  }

  TestRoles test;
  const RoleSessions sessions{
      {.roles = test, .vault = test.vault, .random = test.random, .clock = test.clock}};
};

TEST_F(RoleSessionsTest, are_given_to_a_service_that_the_role_trusts) {
  const auto grant = issued("renew-function", 1h).grant;
  EXPECT_EQ(grant.holder_id, "AROAROLEROLEROLEROLER");
  EXPECT_EQ(grant.session_name, "renew-function");
  EXPECT_EQ(grant.expires_at, test.clock.now() + 1h);
  EXPECT_FALSE(grant.policy);
}

TEST_F(RoleSessionsTest, are_not_given_to_others_or_for_roles_that_are_not_there) {
  EXPECT_FALSE(sessions.issue({.service = "events.amazonaws.com"}, TestRoles::arn, "run", 1h)
                   .value()
                   .has_value());
  EXPECT_FALSE(sessions.issue(lambda, "arn:aws:iam::111122223333:role/missing", "run", 1h)
                   .value()
                   .has_value());
  test.trust(R"({"AWS":"111122223333"})");
  EXPECT_FALSE(trusts(lambda));
}

TEST_F(RoleSessionsTest, are_refused_while_the_role_cannot_be_read) {
  test.broken = true;
  EXPECT_FALSE(sessions.issue(lambda, TestRoles::arn, "run", 1h));
  EXPECT_FALSE(sessions.trusts(lambda, TestRoles::arn));
}

TEST_F(RoleSessionsTest, last_fifteen_minutes_to_twelve_hours) {
  const auto lifetime = [&](std::chrono::seconds wanted) {
    const auto grant = issued("run", wanted).grant;
    return std::chrono::duration_cast<std::chrono::seconds>(grant.expires_at - grant.issued_at);
  };
  EXPECT_EQ(lifetime(1s), 900s);
  EXPECT_EQ(lifetime(5h), 5h);
  EXPECT_EQ(lifetime(48h), 12h);
}

TEST_F(RoleSessionsTest, have_a_name_that_fits_into_an_arn) {
  EXPECT_EQ(issued("my function/1", 1h).grant.session_name, "my-function-1");
  EXPECT_EQ(issued("", 1h).grant.session_name, "--");
  EXPECT_EQ(issued(std::string(100, 'x'), 1h).grant.session_name, std::string(64, 'x'));
}

TEST_F(RoleSessionsTest, may_be_bound_to_the_account_and_the_function_they_are_for) {
  const RoleSessions::Actor for_function{
      .service = "lambda.amazonaws.com",
      .source_arn = "arn:aws:lambda:eu-west-1:111122223333:function:renew",
      .source_account = "111122223333"};
  const auto trusting = [&](const std::string& condition) {
    test.trust(R"({"Service":"lambda.amazonaws.com"})", condition);
    return trusts(for_function);
  };
  EXPECT_TRUE(trusting(R"({"StringEquals":{"aws:SourceAccount":"111122223333"}})"));
  EXPECT_FALSE(trusts(lambda));
  EXPECT_FALSE(trusting(R"({"StringEquals":{"aws:SourceAccount":"444455556666"}})"));
  EXPECT_TRUE(trusting(R"({"ArnLike":{"aws:SourceArn":"arn:aws:lambda:*:*:function:renew"}})"));
  EXPECT_FALSE(trusting(R"({"ArnLike":{"aws:SourceArn":"arn:aws:lambda:*:*:function:other"}})"));
  EXPECT_TRUE(trusting(R"({"StringEquals":{"aws:ResourceTag/team":"pki"}})"));
}

}  // namespace
}  // namespace everseal::sts
