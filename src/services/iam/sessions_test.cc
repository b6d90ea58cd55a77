#include "services/iam/sessions.h"

#include <gtest/gtest.h>

#include <chrono>

#include "aws/session/credentials.h"
#include "services/iam/operations/create_policy_version.h"
#include "services/iam/operations/delete_policy.h"
#include "services/iam/operations/delete_role.h"
#include "services/iam/operations/delete_role_policy.h"
#include "services/iam/operations/delete_user.h"
#include "services/iam/operations/detach_role_policy.h"
#include "services/iam/operations/set_default_policy_version.h"
#include "services/iam/operations/tag_role.h"
#include "services/iam/operations/update_assume_role_policy.h"
#include "services/iam/test_account.h"

namespace everseal::iam {
namespace {

using aws::session::Credentials;
using aws::sigv4::Absence;
using aws::sigv4::Credential;
using namespace std::chrono_literals;

constexpr const char* certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/a";
constexpr const char* read_only = "arn:aws:iam::aws:policy/AWSCertificateManagerReadOnly";

std::string allowing(const std::string& action) {
  return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":")" + action +
         R"(","Resource":"*"}})";
}

class SessionsTest : public testing::Test {
 protected:
  aws::session::Grant grant() const {
    return {.holder_id = role.role_id,
            .session_name = "run1",
            .issued_at = account.clock.now(),
            .expires_at = account.clock.now() + 1h,
            .policy = {},
            .policy_arns = {},
            .tags = {},
            .source_identity = {}};
  }
  Credentials issue(const aws::session::Grant& granted) {
    return need(aws::session::make_credentials(account.vault, account.random, granted));
  }
  Credentials issue() { return issue(grant()); }

  auto found(const Credentials& made) const {
    return need(account.directory.find(made.access_key_id, made.session_token));
  }
  // What the credentials are answered with; nothing: they are good.
  std::optional<Absence> absence(const Credentials& made) const {
    const auto answer = found(made);
    const auto* absent = std::get_if<Absence>(&answer);
    return absent == nullptr ? std::nullopt : std::optional(*absent);
  }
  aws::Call call_with(const Credentials& made) const {
    aws::Call call;
    call.caller = std::get<Credential>(found(made)).caller;
    call.region = "eu-west-1";
    call.received_at = account.clock.now();
    return call;
  }
  // Why the session may not do that to the certificate; empty: it may.
  std::string denial(const Credentials& made, std::string_view action) const {
    const auto denied = account.authorizer.authorize(call_with(made), action, aws::on(certificate));
    return need(denied) ? (*denied)->message : std::string();
  }
  bool may(const Credentials& made, std::string_view action) const {
    return denial(made, action).empty();
  }

  TestAccount account;
  const shapes::Role role = account.add_role("renewer", "/x/");
};

TEST_F(SessionsTest, act_as_the_role) {
  const auto made = issue();
  const auto answer = found(made);
  const auto& credential = std::get<Credential>(answer);
  EXPECT_EQ(credential.secret->reveal_text(), made.secret.reveal_text());
  const auto& caller = credential.caller;
  EXPECT_EQ(caller.kind, aws::Caller::Kind::RoleSession);
  EXPECT_EQ(caller.account, test_account_id);
  EXPECT_EQ(caller.arn, "arn:aws:sts::111122223333:assumed-role/renewer/run1");
  EXPECT_EQ(caller.principal_arn, role.arn);
  EXPECT_EQ(caller.user_id, role.role_id + ":run1");
  EXPECT_EQ(caller.user_name, "");
  EXPECT_EQ(caller.access_key_id, made.access_key_id);
}

TEST_F(SessionsTest, need_their_own_token) {
  const auto made = issue();
  const auto other = issue();
  const auto with = [&](std::optional<std::string_view> token) {
    return std::get<Absence>(need(account.directory.find(made.access_key_id, token)));
  };
  EXPECT_EQ(with(std::nullopt), Absence::Unknown);
  EXPECT_EQ(with("nonsense"), Absence::BadToken);
  EXPECT_EQ(with(other.session_token), Absence::BadToken);
  EXPECT_EQ(absence(made), std::nullopt);
  EXPECT_EQ(with(other.session_token), Absence::BadToken);  // also when the right one is known
  EXPECT_EQ(absence(made), std::nullopt);
}

TEST_F(SessionsTest, end_at_their_time_on_the_clock_of_the_domain) {
  const auto made = issue();
  account.clock.advance(1h - 1ms);
  EXPECT_EQ(absence(made), std::nullopt);
  account.clock.advance(1ms);
  EXPECT_EQ(absence(made), Absence::ExpiredToken);
}

TEST_F(SessionsTest, end_with_their_role_even_if_another_takes_its_name) {
  const auto made = issue();
  EXPECT_EQ(absence(made), std::nullopt);
  need(DeleteRole{*account.database, account.directory}({"renewer"}, TestAccount::as_root()));
  EXPECT_EQ(absence(made), Absence::BadToken);
  account.add_role("renewer", "/x/");
  EXPECT_EQ(absence(made), Absence::BadToken);
}

TEST_F(SessionsTest, go_on_when_nobody_may_become_the_role_any_more) {
  const auto made = issue();
  const UpdateAssumeRolePolicy update{*account.database, account.directory};
  need(update(
      {"renewer", R"({"Statement":{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}})"},
      TestAccount::as_root()));
  EXPECT_EQ(absence(made), std::nullopt);
}

TEST_F(SessionsTest, are_unavailable_when_the_role_cannot_be_read) {
  const auto made = issue();
  need(account.database->write(
      [](sql::Transaction& tx) { return tx.run("UPDATE iam_role SET trust_policy = 'x'"); }));
  EXPECT_FALSE(account.directory.find(made.access_key_id, made.session_token));
}

TEST_F(SessionsTest, may_what_the_policies_of_the_role_say_now) {
  const auto made = issue();
  EXPECT_EQ(denial(made, "acm:GetCertificate"),
            "User: arn:aws:sts::111122223333:assumed-role/renewer/run1 is not authorized to "
            "perform: acm:GetCertificate on resource: " +
                std::string(certificate) +
                " because no identity-based policy allows the acm:GetCertificate action");
  account.put_role_policy("renewer", "a", allowing("acm:GetCertificate"));
  EXPECT_TRUE(may(made, "acm:GetCertificate"));
  need(DeleteRolePolicy{*account.database, account.directory}({"renewer", "a"},
                                                              TestAccount::as_root()));
  EXPECT_FALSE(may(made, "acm:GetCertificate"));
  account.attach_to_role("renewer", read_only);
  EXPECT_TRUE(may(made, "acm:GetCertificate"));
  need(DetachRolePolicy{*account.database, account.directory}({"renewer", read_only},
                                                              TestAccount::as_root()));
  EXPECT_FALSE(may(made, "acm:GetCertificate"));
}

TEST_F(SessionsTest, follow_the_default_version_of_what_the_role_has_attached) {
  const auto made = issue();
  const auto arn = account.add_policy("p", allowing("acm:GetCertificate"));
  account.attach_to_role("renewer", arn);
  EXPECT_TRUE(may(made, "acm:GetCertificate"));
  const CreatePolicyVersion create{*account.database, account.directory, account.clock};
  need(create({arn, allowing("acm:DeleteCertificate"), true}, TestAccount::as_root()));
  EXPECT_FALSE(may(made, "acm:GetCertificate"));
  EXPECT_TRUE(may(made, "acm:DeleteCertificate"));
  const SetDefaultPolicyVersion set{*account.database, account.directory, account.clock};
  need(set({arn, "v1"}, TestAccount::as_root()));
  EXPECT_TRUE(may(made, "acm:GetCertificate"));
}

TEST_F(SessionsTest, may_no_more_than_their_own_policy) {
  account.put_role_policy("renewer", "a", allowing("acm:*"));
  auto limited = grant();
  limited.policy = allowing("acm:GetCertificate");
  const auto made = issue(limited);
  EXPECT_TRUE(may(made, "acm:GetCertificate"));
  EXPECT_NE(denial(made, "acm:DeleteCertificate").find("because no session policy allows"),
            std::string::npos);
  limited.policy = allowing("*");
  EXPECT_FALSE(may(issue(limited), "acm-pca:IssueCertificate"));
}

TEST_F(SessionsTest, may_no_more_than_their_managed_policies_say_now) {
  account.put_role_policy("renewer", "a", allowing("acm:*"));
  const auto arn = account.add_policy("limit", allowing("acm:GetCertificate"));
  auto limited = grant();
  limited.policy_arns = {arn, "arn:aws:iam::aws:policy/IAMReadOnlyAccess"};
  const auto made = issue(limited);
  EXPECT_TRUE(may(made, "acm:GetCertificate"));
  EXPECT_FALSE(may(made, "acm:DeleteCertificate"));
  EXPECT_FALSE(may(made, "iam:GetUser"));
  const DeletePolicy remove{*account.database, account.directory};
  need(remove({arn}, TestAccount::as_root()));
  EXPECT_FALSE(may(made, "acm:GetCertificate"));
}

TEST_F(SessionsTest, have_the_tags_of_the_role_and_before_them_their_own) {
  const TagRole tag{*account.database, account.directory};
  need(tag({"renewer", {{"team", "pki"}, {"site", "north"}}}, TestAccount::as_root()));
  auto tagged = grant();
  tagged.tags = {{"Team", "ops", true}};
  const auto caller = call_with(issue(tagged)).caller;
  EXPECT_EQ(caller.tags, (aws::Tags{{"Team", "ops"}, {"site", "north"}}));
  EXPECT_EQ(caller.session->transitive_tags, std::vector<std::string>{"Team"});
  need(tag({"renewer", {{"site", "south"}}}, TestAccount::as_root()));
  EXPECT_EQ(call_with(issue(tagged)).caller.tags[1].second, "south");
}

TEST_F(SessionsTest, can_be_told_apart_by_conditions) {
  const auto made = issue();
  const auto allowed_if = [&](const std::string& condition) {
    account.put_role_policy("renewer", "a",
                            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow",)"
                            R"("Action":"*","Resource":"*","Condition":)" +
                                condition + "}}");
    return may(made, "acm:GetCertificate");
  };
  EXPECT_TRUE(allowed_if(R"({"StringEquals":{"aws:userid":")" + role.role_id + R"(:run1"}})"));
  EXPECT_TRUE(allowed_if(R"({"StringLike":{"aws:userid":"*:run1"}})"));
  EXPECT_TRUE(allowed_if(R"({"ArnEquals":{"aws:PrincipalArn":")" + role.arn + R"("}})"));
  EXPECT_TRUE(allowed_if(R"({"StringEquals":{"aws:PrincipalType":"AssumedRole"}})"));
  EXPECT_TRUE(allowed_if(R"({"DateEquals":{"aws:TokenIssueTime":"2025-03-01T12:00:00Z"}})"));
  EXPECT_TRUE(allowed_if(R"({"Bool":{"aws:MultiFactorAuthPresent":"false"}})"));
  EXPECT_TRUE(allowed_if(R"({"Null":{"aws:username":"true"}})"));
  EXPECT_FALSE(allowed_if(R"({"DateLessThan":{"aws:TokenIssueTime":"2025-03-01T12:00:00Z"}})"));
  EXPECT_FALSE(allowed_if(R"({"StringLike":{"aws:userid":"*:run2"}})"));
}

class UserSessionsTest : public SessionsTest {
 protected:
  Credentials of(const std::string& holder_id) {
    auto granted = grant();
    granted.holder_id = holder_id;
    granted.session_name = {};
    return issue(granted);
  }
  std::string denied(const Credentials& made, std::string_view action) const {
    const auto denial = account.authorizer.authorize(call_with(made), action, aws::on("*"));
    return need(denial) ? (*denial)->message : "(none)";
  }

  const shapes::User ops = account.add_user("ops", "/plant/");
};

TEST_F(UserSessionsTest, act_as_the_user_or_root) {
  const auto made = of(ops.user_id);
  const auto caller = call_with(made).caller;
  EXPECT_EQ(caller.kind, aws::Caller::Kind::User);
  EXPECT_EQ(caller.arn, ops.arn);
  EXPECT_EQ(caller.user_id, ops.user_id);
  EXPECT_EQ(caller.user_name, "ops");
  EXPECT_EQ(caller.access_key_id, made.access_key_id);
  ASSERT_NE(caller.session, nullptr);
  EXPECT_EQ(caller.session->role_id, "");
  const auto root = call_with(of(std::string(test_account_id))).caller;
  EXPECT_EQ(root.kind, aws::Caller::Kind::Root);
  EXPECT_EQ(root.arn, "arn:aws:iam::111122223333:root");
  EXPECT_EQ(root.user_id, test_account_id);
}

TEST_F(UserSessionsTest, may_what_the_user_may_now) {
  const auto made = of(ops.user_id);
  EXPECT_FALSE(may(made, "acm:GetCertificate"));
  account.put_policy("ops", "a", allowing("acm:GetCertificate"));
  EXPECT_TRUE(may(made, "acm:GetCertificate"));
  EXPECT_FALSE(may(made, "acm:DeleteCertificate"));
  EXPECT_TRUE(may(of(std::string(test_account_id)), "acm:DeleteCertificate"));
}

TEST_F(UserSessionsTest, are_kept_off_iam_and_most_of_sts) {
  account.put_policy("ops", "a", allow_all);
  for (const auto& made : {of(ops.user_id), of(std::string(test_account_id))}) {
    EXPECT_NE(denied(made, "iam:ListUsers").find("without multi-factor authentication"),
              std::string::npos);
    EXPECT_NE(denied(made, "sts:GetAccessKeyInfo"), "(none)");
    EXPECT_EQ(denied(made, "iam:PassRole"), "(none)");
    EXPECT_EQ(denied(made, "acm:ListCertificates"), "(none)");
  }
  account.put_role_policy("renewer", "a", allow_all);
  EXPECT_EQ(denied(issue(), "iam:ListUsers"), "(none)");
}

TEST_F(UserSessionsTest, end_with_their_user_even_if_another_takes_the_name) {
  const auto made = of(ops.user_id);
  EXPECT_EQ(absence(made), std::nullopt);
  need(DeleteUser{*account.database}({"ops"}, TestAccount::as_root()));
  EXPECT_EQ(absence(made), Absence::BadToken);
  account.add_user("ops", "/plant/");
  EXPECT_EQ(absence(made), Absence::BadToken);
}

// Who may become a role: a row for each way of being named, with and without the right of one's
// own.
struct TrustCase {
  const char* principal;  // of the trust policy
  bool without_own_right;
  bool with_own_right;
};

class TrustTest : public testing::TestWithParam<TrustCase> {
 protected:
  bool may_assume() const {
    const auto denied = account.authorizer.authorize(TestAccount::as(ops), "sts:AssumeRole",
                                                     aws::on("arn:aws:iam::111122223333:role/r"));
    return !need(denied);
  }

  TestAccount account;
  const shapes::User ops = account.add_user("ops");
  const shapes::User dev = account.add_user("dev");
};

TEST_P(TrustTest, decides_who_becomes_a_role) {
  const auto& [principal, without, with] = GetParam();
  account.add_role("r", {},
                   R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":)" +
                       std::string(principal) + "}}");
  EXPECT_EQ(may_assume(), without);
  account.put_policy("ops", "a", allowing("sts:AssumeRole"));
  EXPECT_EQ(may_assume(), with);
  account.put_policy("ops", "a", R"({"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})");
  EXPECT_FALSE(may_assume());
}

INSTANTIATE_TEST_SUITE_P(
    Principals, TrustTest,
    testing::Values(TrustCase{R"({"AWS":"arn:aws:iam::111122223333:user/ops"})", true, true},
                    TrustCase{R"({"AWS":"arn:aws:iam::111122223333:user/dev"})", false, false},
                    TrustCase{R"({"AWS":"arn:aws:iam::111122223333:root"})", false, true},
                    TrustCase{R"({"AWS":"111122223333"})", false, true},
                    TrustCase{R"({"AWS":"444455556666"})", false, false},
                    TrustCase{R"({"Service":"lambda.amazonaws.com"})", false, false},
                    TrustCase{R"("*")", true, true}));

TEST(Authorizer, lets_nobody_become_a_role_that_is_not_there) {
  TestAccount account;
  const auto denied = account.authorizer.authorize(
      TestAccount::as_root(), "sts:AssumeRole", aws::on("arn:aws:iam::111122223333:role/missing"));
  EXPECT_TRUE(need(denied));
}

TEST(Authorizer, lets_the_trust_policy_decide_about_nothing_but_becoming_the_role) {
  TestAccount account;
  account.add_role("r", {}, R"({"Statement":{"Effect":"Allow","Action":"sts:*","Principal":"*"}})");
  const auto user = account.add_user("ops");
  const auto arn = aws::on("arn:aws:iam::111122223333:role/r");
  EXPECT_TRUE(need(account.authorizer.authorize(TestAccount::as(user), "iam:DeleteRole", arn)));
  account.put_policy("ops", "a", allowing("iam:DeleteRole"));
  EXPECT_FALSE(need(account.authorizer.authorize(TestAccount::as(user), "iam:DeleteRole", arn)));
}

TEST(Authorizer, lets_a_role_be_passed_to_the_services_that_a_policy_names) {
  TestAccount account;
  const auto role = account.add_role("r");
  const auto user = account.add_user("ops");
  account.put_policy("ops", "a",
                     R"({"Version":"2012-10-17","Statement":{"Effect":"Allow",)"
                     R"("Action":"iam:PassRole","Resource":"arn:aws:iam::*:role/r","Condition":)"
                     R"({"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}}}})");
  const auto may_pass = [&](const std::string& service) {
    const auto access = aws::passing_role(role.arn, service);
    return !need(account.authorizer.authorize(TestAccount::as(user), access.action, access));
  };
  EXPECT_TRUE(may_pass("lambda.amazonaws.com"));
  EXPECT_FALSE(may_pass("events.amazonaws.com"));
}

}  // namespace
}  // namespace everseal::iam
