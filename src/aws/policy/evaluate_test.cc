#include "aws/policy/evaluate.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "aws/policy/test_request.h"

namespace everseal::aws::policy {
namespace {

using Outcome = Decision::Outcome;
using By = Decision::By;

SharedPolicy parse(const std::string& json, Kind kind = Kind::Identity) {
  auto policy = Policy::parse(json, kind);
  if (!policy) throw std::logic_error(policy.error().reason + ": " + json);
  return *std::move(policy);
}

std::string document(const std::vector<std::string>& statements) {
  std::string joined;
  for (const auto& statement : statements) joined += (joined.empty() ? "" : ",") + statement;
  return R"({"Version":"2012-10-17","Statement":[)" + joined + "]}";
}

std::string statement(const std::string& effect, const std::string& action,
                      const std::string& resource, const std::string& more = "") {
  return R"({"Effect":")" + effect + R"(","Action":")" + action + R"(","Resource":")" + resource +
         "\"" + (more.empty() ? "" : "," + more) + "}";
}

SharedPolicy allow(const std::string& action, const std::string& resource = "*",
                   const std::string& more = "") {
  return parse(document({statement("Allow", action, resource, more)}));
}
SharedPolicy deny(const std::string& action, const std::string& resource = "*",
                  const std::string& more = "") {
  return parse(document({statement("Deny", action, resource, more)}));
}
SharedPolicy on_resource(const std::string& effect, const std::string& principal) {
  return parse(document({statement(effect, "*", "*", R"("Principal":)" + principal)}),
               Kind::Resource);
}

// What identity policies alone decide.
Decision ask(const TestRequest& request, const std::vector<SharedPolicy>& identity) {
  return *request.ask({.identity = identity});
}

const Decision by_identity{Outcome::Allowed, By::Identity};
const Decision no_identity{Outcome::ImplicitlyDenied, By::Identity};
const Decision denied_by_identity{Outcome::ExplicitlyDenied, By::Identity};

TEST(Evaluate, denies_what_nothing_allows) {
  EXPECT_EQ(ask({}, {}), no_identity);
  EXPECT_EQ(ask({}, {allow("acm-pca:GetCertificate")}), no_identity);
  EXPECT_EQ(ask({}, {allow("*", "arn:aws:acm-pca:us-east-1:*:*")}), no_identity);
}

TEST(Evaluate, allows_what_a_policy_allows) {
  for (const char* action :
       {"*", "acm-pca:*", "ACM-PCA:issuecertificate", "acm-pca:Issue?ertif*"}) {
    EXPECT_EQ(ask({}, {allow(action)}), by_identity) << action;
  }
}

TEST(Evaluate, denies_what_one_policy_denies_whatever_others_allow) {
  EXPECT_EQ(ask({}, {allow("*"), deny("acm-pca:Issue*")}), denied_by_identity);
  EXPECT_EQ(ask({}, {allow("*"), deny("acm-pca:Revoke*")}), by_identity);
}

TEST(Evaluate, reads_not_action_and_not_resource_as_all_others) {
  const auto all_but = [](const std::string& effect, const std::string& action) {
    return parse(document(
        {R"({"Effect":")" + effect + R"(","NotAction":")" + action + R"(","Resource":"*"})"}));
  };
  EXPECT_EQ(ask({}, {all_but("Allow", "iam:*")}), by_identity);
  EXPECT_EQ(ask({}, {all_but("Allow", "acm-pca:*")}), no_identity);
  EXPECT_EQ(ask({}, {allow("*"), all_but("Deny", "acm-pca:*")}), by_identity);
  EXPECT_EQ(ask({}, {allow("*"), all_but("Deny", "iam:*")}), denied_by_identity);
  const auto elsewhere = parse(document(
      {R"({"Effect":"Allow","Action":"*","NotResource":"arn:aws:acm-pca:eu-west-1:*:*"})"}));
  EXPECT_EQ(ask({}, {elsewhere}), no_identity);
}

TEST(Evaluate, looks_at_conditions) {
  const std::string from_home = R"("Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"},)"
                                R"("Bool":{"aws:SecureTransport":"true"}})";
  TestRequest request;
  EXPECT_EQ(ask(request, {allow("*", "*", from_home)}), by_identity);
  request.call.secure_transport = false;
  EXPECT_EQ(ask(request, {allow("*", "*", from_home)}), no_identity);
}

TEST(Evaluate, puts_variables_into_resources) {
  TestRequest request;
  request.resource = "arn:aws:s3:::home/ops/x";
  EXPECT_EQ(ask(request, {allow("*", "arn:aws:s3:::home/${aws:username}/*")}), by_identity);
  request.call.caller.user_name = "dev";
  EXPECT_EQ(ask(request, {allow("*", "arn:aws:s3:::home/${aws:username}/*")}), no_identity);
}

TEST(Evaluate, never_widens_an_allow_by_a_variable_without_a_value) {
  TestRequest request;
  request.resource = "arn:aws:s3:::home/x";
  const auto elsewhere = parse(document({R"({"Effect":"Allow","Action":"*",)"
                                         R"("NotResource":"arn:aws:s3:::home/${test:missing}"})"}));
  EXPECT_EQ(ask(request, {elsewhere}), no_identity);
  const std::string other_name =
      R"("Condition":{"StringNotEquals":{"aws:username":"${test:missing}"}})";
  EXPECT_EQ(ask(request, {allow("*", "*", other_name)}), no_identity);
  EXPECT_EQ(ask(request, {allow("*"), deny("*", "*", other_name)}), denied_by_identity);
}

TEST(Evaluate, lets_root_do_what_no_policy_denies) {
  EXPECT_EQ(*TestRequest().as_root().ask({}), (Decision{Outcome::Allowed, By::Root}));
  const auto nobody = on_resource("Deny", R"("*")");
  EXPECT_EQ(*TestRequest().as_root().ask({.resource = nobody.get()}),
            (Decision{Outcome::ExplicitlyDenied, By::Resource}));
}

TEST(Evaluate, cuts_what_identity_policies_allow_to_the_boundary) {
  const std::vector<SharedPolicy> all{allow("*")};
  const auto boundary = allow("acm-pca:*");
  TestRequest request;
  EXPECT_EQ(*request.ask({.identity = all, .boundary = boundary.get()}), by_identity);
  EXPECT_EQ(*request.ask({.boundary = boundary.get()}), no_identity);
  request.action = "acm:DeleteCertificate";
  EXPECT_EQ(*request.ask({.identity = all, .boundary = boundary.get()}),
            (Decision{Outcome::ImplicitlyDenied, By::Boundary}));
}

TEST(Evaluate, cuts_what_identity_policies_allow_to_the_session) {
  const std::vector<SharedPolicy> all{allow("*")}, session{allow("acm-pca:*")}, none;
  TestRequest request;
  request.as_role_session();
  EXPECT_EQ(*request.ask({.identity = all, .session = session}), by_identity);
  EXPECT_EQ(*request.ask({.identity = all, .session = none}),
            (Decision{Outcome::ImplicitlyDenied, By::Session}));
  const std::vector<SharedPolicy> denying{allow("*"), deny("acm-pca:Issue*")};
  EXPECT_EQ(*request.ask({.identity = all, .session = denying}),
            (Decision{Outcome::ExplicitlyDenied, By::Session}));
}

constexpr const char* ops = R"({"AWS":"arn:aws:iam::111122223333:user/plant/ops"})";
constexpr const char* account = R"({"AWS":"111122223333"})";
constexpr const char* session_arn =
    R"({"AWS":"arn:aws:sts::111122223333:assumed-role/renewer/run1"})";
constexpr const char* role_arn = R"({"AWS":"arn:aws:iam::111122223333:role/renewer"})";

TEST(Evaluate, lets_the_policy_of_a_resource_allow_within_the_account) {
  const Decision by_resource{Outcome::Allowed, By::Resource};
  const auto decide = [](const char* principal, const TestRequest& request) {
    return *request.ask({.resource = on_resource("Allow", principal).get()});
  };
  EXPECT_EQ(decide(ops, {}), by_resource);
  EXPECT_EQ(decide(R"("*")", {}), by_resource);
  EXPECT_EQ(decide(account, {}), no_identity);  // leaves it to the account's own policies
  EXPECT_EQ(decide(session_arn, TestRequest().as_role_session()), by_resource);
  EXPECT_EQ(decide(role_arn, TestRequest().as_role_session()), by_resource);
  EXPECT_EQ(decide(role_arn, {}), no_identity);
}

TEST(Evaluate, cuts_the_policy_of_a_resource_unless_it_names_the_caller_directly) {
  const std::vector<SharedPolicy> nothing;
  const auto decide = [&](const char* principal) {
    return *TestRequest().as_role_session().ask(
        {.session = nothing, .resource = on_resource("Allow", principal).get()});
  };
  EXPECT_TRUE(decide(session_arn).allowed());
  EXPECT_EQ(decide(role_arn), (Decision{Outcome::ImplicitlyDenied, By::Session}));
  EXPECT_EQ(decide(R"("*")"), (Decision{Outcome::ImplicitlyDenied, By::Session}));
}

TEST(Evaluate, wants_both_sides_to_allow_between_accounts) {
  TestRequest request;
  request.resource_account = "444455556666";
  const std::vector<SharedPolicy> all{allow("*")};
  const auto shared = on_resource("Allow", account);
  EXPECT_TRUE(request.ask({.identity = all, .resource = shared.get()})->allowed());
  EXPECT_EQ(*request.ask({.identity = all}), (Decision{Outcome::ImplicitlyDenied, By::Resource}));
  EXPECT_EQ(*request.ask({.resource = shared.get()}), no_identity);
  EXPECT_EQ(*request.ask({.resource = on_resource("Allow", ops).get()}), no_identity);
  EXPECT_EQ(*TestRequest(request).as_root().ask({}),
            (Decision{Outcome::ImplicitlyDenied, By::Resource}));
  EXPECT_TRUE(TestRequest(request).as_root().ask({.resource = shared.get()})->allowed());
}

// A role, which its trust policy must let the caller become.
Decision ask_for_role(const std::string& principal, const std::vector<SharedPolicy>& own,
                      TestRequest request = {}) {
  request.action = "sts:AssumeRole";
  request.resource = "arn:aws:iam::111122223333:role/renewer";
  const auto trust = parse(R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole",)"
                           R"("Principal":)" +
                               principal + "}}",
                           Kind::Trust);
  return *request.ask({.identity = own, .resource = trust.get(), .resource_must_allow = true});
}

TEST(Evaluate, wants_a_resource_that_must_allow_to_name_the_caller) {
  const Decision not_named{Outcome::ImplicitlyDenied, By::Resource};
  const std::vector<SharedPolicy> all{allow("*")};
  const std::string other = R"({"AWS":"arn:aws:iam::111122223333:user/plant/dev"})";
  EXPECT_EQ(ask_for_role(other, all), not_named);
  EXPECT_EQ(ask_for_role(R"({"Service":"lambda.amazonaws.com"})", all), not_named);
  EXPECT_EQ(ask_for_role(other, {}, TestRequest().as_root()), not_named);
  EXPECT_TRUE(ask_for_role(ops, {}).allowed());
  EXPECT_TRUE(ask_for_role(account, all).allowed());
  EXPECT_EQ(ask_for_role(account, {}), no_identity);
  EXPECT_EQ(ask_for_role(ops, {deny("sts:*")}), denied_by_identity);
  EXPECT_TRUE(ask_for_role(role_arn, {}, TestRequest().as_role_session()).allowed());
}

TEST(Evaluate, wants_trust_and_own_policies_to_allow_what_is_in_another_account) {
  TestRequest request;
  request.resource_account = "444455556666";
  EXPECT_EQ(ask_for_role(account, {}, request), no_identity);
  EXPECT_TRUE(ask_for_role(account, {allow("sts:AssumeRole")}, request).allowed());
}

TEST(Evaluate, lets_a_service_do_what_the_policy_of_the_resource_says) {
  const auto decide = [](const char* principal) {
    return *TestRequest()
                .as_service("acm-pca.amazonaws.com")
                .ask({.resource = on_resource("Allow", principal).get()});
  };
  EXPECT_TRUE(decide(R"({"Service":"acm-pca.amazonaws.com"})").allowed());
  EXPECT_TRUE(decide(R"("*")").allowed());
  EXPECT_FALSE(decide(R"({"Service":"lambda.amazonaws.com"})").allowed());
  EXPECT_FALSE(decide(account).allowed());
}

TEST(Evaluate, lets_whoever_did_not_sign_do_what_everybody_may) {
  const auto decide = [](const char* principal) {
    return TestRequest()
        .as_anonymous()
        .ask({.resource = on_resource("Allow", principal).get()})
        ->allowed();
  };
  EXPECT_TRUE(decide(R"("*")"));
  EXPECT_FALSE(decide(account));
  EXPECT_FALSE(decide(ops));
  EXPECT_FALSE(decide(R"({"Service":"acm-pca.amazonaws.com"})"));
  EXPECT_FALSE(TestRequest().as_anonymous().ask({})->allowed());
}

TEST(Evaluate, exempts_those_whom_not_principal_names) {
  const std::string all_but =
      R"({"Effect":"Deny","NotPrincipal":)" + std::string(ops) + R"(,"Action":"*","Resource":"*"})";
  const auto resource = parse(document({all_but}), Kind::Resource);
  const std::vector<SharedPolicy> all{allow("*")};
  EXPECT_EQ(*TestRequest().ask({.identity = all, .resource = resource.get()}), by_identity);
  EXPECT_EQ(*TestRequest().as_root().ask({.resource = resource.get()}),
            (Decision{Outcome::ExplicitlyDenied, By::Resource}));
}

TEST(Evaluate, asks_for_the_tags_of_the_resource_once_and_only_if_a_policy_does) {
  int asked = 0;
  TestRequest request;
  request.access.resource_tags = [&]() -> Result<Tags> {
    ++asked;
    return Tags{{"Team", "pki"}};
  };
  EXPECT_EQ(ask(request, {allow("*")}), by_identity);
  EXPECT_EQ(asked, 0);
  const std::string team = R"("Condition":{"StringEquals":{"aws:ResourceTag/team":"pki",)"
                           R"("acm-pca:ResourceTag/Team":"${aws:ResourceTag/team}"}})";
  EXPECT_EQ(ask(request, {allow("*", "*", team)}), by_identity);
  EXPECT_EQ(asked, 1);
}

TEST(Evaluate, fails_if_the_tags_it_needs_cannot_be_read) {
  TestRequest request;
  request.access.resource_tags = []() -> Result<Tags> { return Fault::unavailable("no disk"); };
  const std::vector<SharedPolicy> policies{
      allow("*"), deny("*", "*", R"("Condition":{"StringEquals":{"aws:ResourceTag/a":"b"}})")};
  const auto decision = request.ask({.identity = policies});
  ASSERT_FALSE(decision);
  EXPECT_EQ(decision.error().kind, Fault::Kind::Unavailable);
}

TEST(Evaluate, tells_a_denial_in_the_words_of_aws) {
  TestRequest request;
  request.action = "elasticloadbalancing:CreateTrustStore";
  request.resource = "*";
  const Context context(request.call, request.access);
  const auto message = [&](Decision decision) {
    return denial_message({request.action, request.resource, context}, decision);
  };
  const std::string start =
      "User: arn:aws:iam::111122223333:user/plant/ops is not authorized to perform: "
      "elasticloadbalancing:CreateTrustStore on resource: * ";
  EXPECT_EQ(message(no_identity), start +
                                      "because no identity-based policy allows the "
                                      "elasticloadbalancing:CreateTrustStore action");
  EXPECT_EQ(message(denied_by_identity),
            start + "with an explicit deny in an identity-based policy");
  EXPECT_EQ(message({Outcome::ExplicitlyDenied, By::Resource}),
            start + "with an explicit deny in a resource-based policy");
  EXPECT_EQ(message({Outcome::ImplicitlyDenied, By::Boundary}),
            start +
                "because no permissions boundary allows the "
                "elasticloadbalancing:CreateTrustStore action");
}

// Statements over a small world, so that they meet often.
const std::vector<std::string> some_actions{"acm:GetCertificate", "acm:DeleteCertificate",
                                            "acm-pca:IssueCertificate"};
const std::vector<std::string> some_resources{"arn:aws:acm:eu-west-1:111122223333:certificate/a",
                                              "arn:aws:acm:eu-west-1:111122223333:certificate/b"};

std::string any_statement(const std::string& effect) {
  const auto action = *rc::gen::element<std::string>("*", "acm:*", "acm:Get*", "acm-pca:*",
                                                     "acm:DeleteCertificate");
  const auto resource =
      *rc::gen::element<std::string>("*", "arn:aws:acm:*:*:certificate/a",
                                     "arn:aws:acm:*:*:certificate/?", "arn:aws:acm:us-east-1:*:*");
  const auto condition = *rc::gen::element<std::string>(
      "{}", R"({"StringEquals":{"aws:username":"ops"}})",
      R"({"StringNotEquals":{"aws:username":"ops"}})", R"({"Bool":{"test:flag":"true"}})");
  const std::string no_action = *rc::gen::element<std::string>("", "Not");
  const std::string no_resource = *rc::gen::element<std::string>("", "Not");
  return R"({"Effect":")" + effect + R"(",")" + no_action + R"(Action":")" + action + R"(",")" +
         no_resource + R"(Resource":")" + resource + R"(","Condition":)" + condition + "}";
}

std::vector<std::string> any_statements() {
  std::vector<std::string> statements;
  const int count = *rc::gen::inRange(1, 6);
  for (int i = 0; i < count; ++i) {
    statements.push_back(any_statement(*rc::gen::element<std::string>("Allow", "Allow", "Deny")));
  }
  return statements;
}

TestRequest any_request() {
  TestRequest request;
  request.action = *rc::gen::elementOf(some_actions);
  request.resource = *rc::gen::elementOf(some_resources);
  if (*rc::gen::arbitrary<bool>()) request.with("test:flag", {"true"});
  if (*rc::gen::arbitrary<bool>()) request.call.caller.user_name = "dev";
  return request;
}

RC_GTEST_PROP(Evaluate, the_order_of_statements_and_policies_does_not_matter, ()) {
  auto statements = any_statements();
  const auto request = any_request();
  const auto decided = ask(request, {parse(document(statements))});
  std::vector<SharedPolicy> apart;
  for (const auto& each : statements) apart.push_back(parse(document({each})));
  std::ranges::reverse(statements);
  RC_ASSERT(ask(request, {parse(document(statements))}) == decided);
  RC_ASSERT(ask(request, apart) == decided);
  std::ranges::reverse(apart);
  RC_ASSERT(ask(request, apart) == decided);
}

RC_GTEST_PROP(Evaluate, one_more_deny_never_widens, ()) {
  auto statements = any_statements();
  const auto request = any_request();
  const auto before = ask(request, {parse(document(statements))});
  statements.push_back(any_statement("Deny"));
  const auto after = ask(request, {parse(document(statements))});
  RC_ASSERT(before.allowed() || !after.allowed());
}

RC_GTEST_PROP(Evaluate, one_more_allow_never_narrows_and_never_lifts_a_deny, ()) {
  auto statements = any_statements();
  const auto request = any_request();
  const auto before = ask(request, {parse(document(statements))});
  statements.push_back(any_statement("Allow"));
  const auto after = ask(request, {parse(document(statements))});
  RC_ASSERT(!before.allowed() || after.allowed());
  RC_ASSERT((before.outcome == Outcome::ExplicitlyDenied) ==
            (after.outcome == Outcome::ExplicitlyDenied));
}

RC_GTEST_PROP(Evaluate, boundary_and_session_never_widen, ()) {
  const auto request = any_request();
  const std::vector<SharedPolicy> own{parse(document(any_statements()))};
  const std::vector<SharedPolicy> session{parse(document(any_statements()))};
  const auto boundary = parse(document(any_statements()));
  const auto alone = *request.ask({.identity = own});
  const auto limited =
      *request.ask({.identity = own, .boundary = boundary.get(), .session = session});
  RC_ASSERT(alone.allowed() || !limited.allowed());
  RC_ASSERT(limited.allowed() == (alone.allowed() && ask(request, {boundary}).allowed() &&
                                  ask(request, session).allowed()));
}

RC_GTEST_PROP(Evaluate, a_resource_that_must_allow_never_widens, ()) {
  const auto request = any_request();
  const std::vector<SharedPolicy> own{parse(document(any_statements()))};
  const auto resource =
      on_resource(*rc::gen::element<std::string>("Allow", "Deny"),
                  *rc::gen::element<std::string>(ops, account, role_arn, R"("*")"));
  const auto free = *request.ask({.identity = own, .resource = resource.get()});
  const auto bound =
      *request.ask({.identity = own, .resource = resource.get(), .resource_must_allow = true});
  RC_ASSERT(free.allowed() || !bound.allowed());
}

RC_GTEST_PROP(Evaluate, root_needs_no_policy_of_its_own, ()) {
  auto request = any_request();
  RC_ASSERT(request.as_root().ask({})->allowed());
}

}  // namespace
}  // namespace everseal::aws::policy
