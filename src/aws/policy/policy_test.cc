#include "aws/policy/policy.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "aws/policy/test_request.h"

namespace everseal::aws::policy {
namespace {

std::string reason(std::string_view json, Kind kind = Kind::Identity) {
  const auto policy = Policy::parse(json, kind);
  return policy ? "" : policy.error().reason;
}

// A statement that is fine, with one more member.
std::string identity(const std::string& more) {
  return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"acm:*","Resource":"*")" +
         (more.empty() ? "" : "," + more) + "}]}";
}
std::string with_action(const std::string& action) {
  return R"({"Statement":{"Effect":"Allow","Resource":"*","Action":)" + action + "}}";
}
std::string with_condition(const std::string& condition) {
  return identity(R"("Condition":)" + condition);
}
std::string with_principal(const std::string& principal) {
  return identity(R"("Principal":)" + principal);
}

TEST(Policy, accepts_the_forms_of_the_language) {
  EXPECT_EQ(reason(identity("")), "");
  EXPECT_EQ(reason(R"({"Id":"x","Statement":{"Sid":"A1","Effect":"Deny","NotAction":["a:B"],)"
                   R"("NotResource":["arn:aws:s3:::b/*"]}})"),
            "");
  EXPECT_EQ(reason(with_condition("{}")), "");
  EXPECT_EQ(reason(with_condition(R"({"StringEquals":{}})")), "");
  EXPECT_EQ(reason(with_condition(R"({"Bool":{"aws:SecureTransport":false},)"
                                  R"("NumericLessThan":{"s3:max-keys":[10,2.5]}})")),
            "");
}

TEST(Policy, refuses_what_is_not_json) {
  for (const char* text : {"", "{", "[1", R"({"Statement":)", "\xff"}) {
    EXPECT_EQ(reason(text), "This policy contains invalid Json") << text;
  }
}

TEST(Policy, refuses_what_breaks_the_syntax) {
  for (const std::string& text :
       {std::string("[]"), std::string("1"), identity(R"("Foo":1)"),
        std::string(R"({"Statement":[]})"), std::string(R"({"Statement":["x"]})"),
        std::string(R"({"Foo":1,"Statement":[]})"), std::string(R"({"Id":1,"Statement":[]})"),
        identity(R"("NotAction":"a:b")"), identity(R"("NotResource":"*")"), identity(R"("Sid":1)"),
        with_action("1"), with_action(R"([["a:b"]])"), with_condition("[]"),
        with_condition(R"({"StringEquals":"x"})"),
        with_condition(R"({"StringEquals":{"aws:username":{}}})")}) {
    EXPECT_EQ(reason(text), "Syntax errors in policy.") << text;
  }
}

TEST(Policy, refuses_a_name_that_is_there_twice) {
  EXPECT_EQ(reason(identity(R"("Effect":"Deny")")), "Syntax errors in policy.");
  EXPECT_EQ(reason(with_condition(R"({"Bool":{"a:b":"true","a:b":"false"}})")),
            "Syntax errors in policy.");
}

TEST(Policy, says_what_is_missing) {
  EXPECT_EQ(reason("{}"), "Missing required field Statement");
  EXPECT_EQ(reason(R"({"Statement":{"Action":"a:b","Resource":"*"}})"),
            "Missing required field Effect");
  EXPECT_EQ(reason(R"({"Statement":{"Effect":"Allow","Resource":"*"}})"),
            "Policy statement must contain actions.");
  EXPECT_EQ(reason(with_action("[]")), "Policy statement must contain actions.");
  EXPECT_EQ(reason(R"({"Statement":{"Effect":"Allow","Action":"a:b"}})"),
            "Policy statement must contain resources.");
  EXPECT_EQ(reason(R"({"Statement":{"Effect":"Allow","Action":"a:b","Resource":[]}})"),
            "Policy statement must contain resources.");
}

TEST(Policy, knows_two_versions) {
  EXPECT_EQ(
      reason(
          R"({"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})"),
      "");
  EXPECT_EQ(
      reason(
          R"({"Version":"2012-10-18","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})"),
      "Policy document must be version 2012-10-17 or greater.");
  EXPECT_EQ(
      reason(R"({"Version":2012,"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})"),
      "Policy document must be version 2012-10-17 or greater.");
}

TEST(Policy, writes_effects_in_one_way_only) {
  EXPECT_EQ(reason(R"({"Statement":{"Effect":"allow","Action":"*","Resource":"*"}})"),
            "Invalid effect: allow");
}

TEST(Policy, refuses_actions_without_a_service) {
  for (const char* action : {R"("foo")", R"(":foo")", R"("**")"}) {
    EXPECT_EQ(reason(with_action(action)),
              "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  }
  EXPECT_EQ(reason(with_action(R"("a:b:c")")), "Actions/Condition can contain only one colon.");
  EXPECT_EQ(reason(with_action(R"("acm:")")), "Invalid Action: acm:");
  EXPECT_EQ(reason(with_action(R"("acm:Foo Bar")")), "Invalid Action: acm:Foo Bar");
}

TEST(Policy, names_its_statements_uniquely) {
  EXPECT_NE(reason(identity(R"("Sid":"a b")")), "");
  EXPECT_EQ(reason(R"({"Statement":[{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"},)"
                   R"({"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"}]})"),
            "Statement IDs (SID) in a single policy must be unique.");
  EXPECT_EQ(reason(identity(R"("Principal":"*","Sid":"a b")"), Kind::Resource), "");
}

TEST(Policy, has_a_principal_exactly_where_it_is_of_a_resource_or_role) {
  EXPECT_EQ(reason(with_principal(R"("*")")), "Policy document should not specify a principal.");
  EXPECT_EQ(reason(with_principal(R"("*")"), Kind::Resource), "");
  EXPECT_EQ(reason(identity(""), Kind::Resource), "Missing required field Principal");
  EXPECT_EQ(reason(R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*",)"
                   R"("Resource":"*"}})",
                   Kind::Trust),
            "Has prohibited field Resource");
  EXPECT_EQ(reason(R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole",)"
                   R"("Principal":{"Service":"lambda.amazonaws.com"}}})",
                   Kind::Trust),
            "");
}

TEST(Policy, of_a_role_speaks_of_sts_only) {
  const auto trusting = [](const std::string& action) {
    return reason(R"({"Statement":{"Effect":"Allow","Principal":"*",)" + action + "}}",
                  Kind::Trust);
  };
  EXPECT_EQ(trusting(R"("Action":["sts:AssumeRole","STS:TagSession","sts:*"])"), "");
  for (const char* action :
       {R"("Action":"*")", R"("Action":"s*:AssumeRole")",
        R"("Action":["sts:AssumeRole","iam:PassRole"])", R"("NotAction":"sts:AssumeRole")"}) {
    EXPECT_EQ(trusting(action), "AssumeRole policy may only specify STS AssumeRole actions.");
  }
}

TEST(Policy, knows_the_kinds_of_principals) {
  for (const char* principal :
       {R"("*")", R"({"AWS":"*"})", R"({"AWS":"111122223333"})",
        R"({"AWS":["arn:aws:iam::111122223333:root","arn:aws:iam::111122223333:user/a/b"]})",
        R"({"AWS":"arn:aws:sts::111122223333:assumed-role/r/s"})",
        R"({"Service":["lambda.amazonaws.com","acm-pca.amazonaws.com"]})",
        R"({"Federated":"cognito-identity.amazonaws.com","CanonicalUser":"79a5"})"}) {
    EXPECT_EQ(reason(with_principal(principal), Kind::Resource), "") << principal;
  }
  for (const char* principal :
       {R"("x")", R"({"AWS":"1111"})", R"({"AWS":"arn:aws:iam::111122223333:user/*"})",
        R"({"AWS":"arn:aws:iam::111122223333:group/x"})", R"({"Service":"lambda"})",
        R"({"Service":"*"})", R"({"Foo":"x"})"}) {
    EXPECT_NE(reason(with_principal(principal), Kind::Resource).find("Invalid principal"),
              std::string::npos)
        << principal;
  }
  EXPECT_EQ(reason(with_principal("{}"), Kind::Resource), "Missing required field Principal");
  EXPECT_EQ(reason(with_principal(R"({"AWS":[]})"), Kind::Resource),
            "Missing required field Principal");
}

TEST(Policy, refuses_conditions_that_no_request_could_be_compared_with) {
  EXPECT_EQ(reason(with_condition(R"({"StringIs":{"aws:username":"x"}})")),
            "Invalid Condition type : StringIs.");
  EXPECT_EQ(reason(with_condition(R"({"NullIfExists":{"aws:username":"true"}})")),
            "Invalid Condition type : NullIfExists.");
  EXPECT_EQ(reason(with_condition(R"({"StringEquals":{"username":"x"}})")),
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  for (const char* condition :
       {R"({"NumericEquals":{"a:b":"ten"}})", R"({"NumericEquals":{"a:b":"1e999"}})",
        R"({"DateLessThan":{"a:b":"yesterday"}})", R"({"Bool":{"a:b":"yes"}})",
        R"({"Null":{"a:b":"x"}})", R"({"BinaryEquals":{"a:b":"%"}})",
        R"({"IpAddress":{"a:b":"10.0.0.0/33"}})", R"({"IpAddress":{"a:b":"10.0.0/8"}})",
        R"({"ArnLike":{"a:b":"bucket"}})", R"({"StringEquals":{"a:b":"${x"}})"}) {
    EXPECT_NE(reason(with_condition(condition)), "") << condition;
  }
}

TEST(Policy, has_a_limit) {
  const std::string much(Policy::longest_text, ' ');
  EXPECT_EQ(reason(identity("") + much), "A policy document has at most 131072 characters.");
}

TEST(Policy, is_counted_without_its_white_space) {
  EXPECT_EQ(counted_size(" {\t\"a b\":\r\n1}"), 8U);
}

RC_GTEST_PROP(Policy, is_never_made_from_text_cut_short, ()) {
  const std::string whole = identity(R"("Condition":{"Bool":{"aws:SecureTransport":"true"}})");
  const auto length = *rc::gen::inRange<std::size_t>(0, whole.size());
  RC_ASSERT(!reason(whole.substr(0, length)).empty());
}

RC_GTEST_PROP(Policy, with_one_octet_changed_is_read_whole_or_refused_with_a_reason, ()) {
  std::string text = with_condition(R"({"StringLike":{"aws:username":"a${aws:userid,'x'}*"}})");
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
  text[at] = *rc::gen::arbitrary<char>();
  const auto parsed = Policy::parse(text, Kind::Identity);
  if (parsed) {
    RC_ASSERT((*parsed)->statements().size() == 1U);
  } else {
    RC_ASSERT(!parsed.error().reason.empty());
  }
}

}  // namespace
}  // namespace everseal::aws::policy
