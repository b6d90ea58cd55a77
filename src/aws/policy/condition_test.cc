#include "aws/policy/condition.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <optional>

#include "aws/policy/test_request.h"

namespace everseal::aws::policy {
namespace {

using Values = std::vector<std::string>;

// Whether "name": {"test:key": operands} holds where the key has these values.
bool holds(std::string_view name, const Values& operands, const std::optional<Values>& present) {
  TestRequest request;
  if (present) request.with("test:Key", *present);
  const auto condition = Condition::parse(name, "TEST:key", operands, /*has_variables=*/true);
  if (!condition) throw std::logic_error(condition.error().reason);
  return condition->holds(Context(request.call, request.access));
}
bool holds(std::string_view name, const char* operand, const char* value) {
  return holds(name, Values{operand}, Values{value});
}

TEST(Condition, compares_texts) {
  EXPECT_TRUE(holds("StringEquals", "a", "a"));
  EXPECT_FALSE(holds("StringEquals", "a", "A"));
  EXPECT_FALSE(holds("StringEquals", "a*", "ab"));
  EXPECT_TRUE(holds("StringEqualsIgnoreCase", "aB", "Ab"));
  EXPECT_TRUE(holds("StringLike", "a*", "ab"));
  EXPECT_FALSE(holds("StringLike", "a?", "abc"));
  EXPECT_TRUE(holds("StringEquals", "${aws:username}", "ops"));
  EXPECT_TRUE(holds("StringEqualsIgnoreCase", "${aws:username}", "OPS"));
}

TEST(Condition, compares_numbers) {
  EXPECT_TRUE(holds("NumericEquals", "10", "10.0"));
  EXPECT_TRUE(holds("NumericLessThan", "10", "9"));
  EXPECT_FALSE(holds("NumericLessThan", "10", "10"));
  EXPECT_TRUE(holds("NumericLessThanEquals", "10", "10"));
  EXPECT_TRUE(holds("NumericGreaterThan", "-1", "0"));
  EXPECT_TRUE(holds("NumericGreaterThanEquals", "2", "2"));
  EXPECT_FALSE(holds("NumericGreaterThan", "1", "many"));
  EXPECT_TRUE(holds("NumericNotEquals", "1", "many"));
}

TEST(Condition, compares_dates_in_either_form) {
  EXPECT_TRUE(holds("DateEquals", "2025-03-01T12:00:00Z", "1740830400"));
  EXPECT_TRUE(holds("DateLessThan", "2025-03-02", "2025-03-01T23:59:59Z"));
  EXPECT_FALSE(holds("DateLessThan", "2025-03-02", "2025-03-02T00:00:00Z"));
  EXPECT_TRUE(holds("DateGreaterThan", "2025-03-01T12:00:00+02:00", "2025-03-01T11:00:00Z"));
  EXPECT_TRUE(holds("DateNotEquals", "2025-03-01", "2025-03-02"));
  EXPECT_TRUE(holds("DateEquals", "2025-03-01T12:00Z", "2025-03-01T12:00:00Z"));
  EXPECT_TRUE(holds("DateEquals", "2025-03-01T12:00+01:30", "2025-03-01T10:30:00Z"));
  EXPECT_TRUE(holds("DateEquals", "2025-03", "2025-03-01T00:00:00Z"));
  EXPECT_TRUE(holds("DateEquals", "17408304000000000", "17408304000000000"));
}

TEST(Condition, compares_truth) {
  EXPECT_TRUE(holds("Bool", "True", "true"));
  EXPECT_FALSE(holds("Bool", "true", "false"));
}

TEST(Condition, compares_octets) {
  EXPECT_TRUE(holds("BinaryEquals", "AQI=", "AQI="));
  EXPECT_FALSE(holds("BinaryEquals", "AQI=", "AQM="));
}

TEST(Condition, compares_addresses) {
  EXPECT_TRUE(holds("IpAddress", "203.0.113.0/24", "203.0.113.7"));
  EXPECT_FALSE(holds("IpAddress", "203.0.113.0/24", "203.0.114.7"));
  EXPECT_TRUE(holds("IpAddress", "203.0.113.7", "203.0.113.7"));
  EXPECT_TRUE(holds("IpAddress", "0.0.0.0/0", "8.8.8.8"));
  EXPECT_FALSE(holds("IpAddress", "0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(holds("IpAddress", "203.0.113.0/24", "::ffff:203.0.113.7"));
  EXPECT_TRUE(holds("IpAddress", "2001:db8::/33", "2001:db8:7fff::1"));
  EXPECT_FALSE(holds("IpAddress", "2001:db8::/33", "2001:db8:8000::1"));
  EXPECT_TRUE(holds("NotIpAddress", "203.0.113.0/25", "203.0.113.128"));
}

TEST(Condition, compares_arns_part_by_part) {
  for (const char* name : {"ArnLike", "ArnEquals"}) {
    EXPECT_TRUE(holds(name, "arn:aws:s3:::b*", "arn:aws:s3:::bucket"));
    EXPECT_FALSE(holds(name, "arn:aws:*:::b", "arn:aws:s3:x::b"));
    EXPECT_TRUE(holds(name, "arn:aws:iam::${aws:PrincipalAccount}:role/*",
                      "arn:aws:iam::111122223333:role/x"));
    EXPECT_FALSE(holds(name, "arn:aws:s3:::b", "b"));
  }
  EXPECT_TRUE(holds("ArnNotLike", "arn:aws:s3:::b*", "arn:aws:s3:::c"));
}

TEST(Condition, finds_a_missing_key_true_or_false_as_its_operator_says) {
  const Values x{"x"};
  EXPECT_FALSE(holds("StringEquals", x, std::nullopt));
  EXPECT_TRUE(holds("StringNotEquals", x, std::nullopt));
  EXPECT_TRUE(holds("StringEqualsIfExists", x, std::nullopt));
  EXPECT_TRUE(holds("ForAllValues:StringEquals", x, std::nullopt));
  EXPECT_FALSE(holds("ForAnyValue:StringEquals", x, std::nullopt));
  EXPECT_FALSE(holds("ForAnyValue:StringNotEquals", x, std::nullopt));
  EXPECT_TRUE(holds("ForAnyValue:StringEqualsIfExists", x, std::nullopt));
  EXPECT_TRUE(holds("ForAllValues:StringEquals", x, Values{}));
}

TEST(Condition, null_asks_whether_a_key_is_missing) {
  EXPECT_TRUE(holds("Null", {"true"}, std::nullopt));
  EXPECT_FALSE(holds("Null", {"false"}, std::nullopt));
  EXPECT_TRUE(holds("Null", {"false"}, Values{"x"}));
  EXPECT_FALSE(holds("Null", {"true"}, Values{"x"}));
}

TEST(Condition, looks_at_all_values_of_a_key) {
  const Values ab{"a", "b"};
  EXPECT_TRUE(holds("ForAllValues:StringEquals", ab, Values{"b", "a", "b"}));
  EXPECT_FALSE(holds("ForAllValues:StringEquals", ab, Values{"b", "c"}));
  EXPECT_TRUE(holds("ForAnyValue:StringEquals", ab, Values{"b", "c"}));
  EXPECT_FALSE(holds("ForAnyValue:StringEquals", ab, Values{"c", "d"}));
  EXPECT_TRUE(holds("ForAnyValue:StringNotEquals", ab, Values{"b", "c"}));
  EXPECT_FALSE(holds("ForAllValues:StringNotEquals", ab, Values{"b", "c"}));
}

// A positive operator, its opposite if there is one, and values of its type.
struct OperatorCase {
  std::string name;
  std::string opposite;
  Values values;
};

rc::Gen<OperatorCase> any_operator() {
  static const std::vector<OperatorCase> cases{
      {"StringEquals", "StringNotEquals", {"a", "A", "b", "a*"}},
      {"StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", {"a", "A", "b"}},
      {"StringLike", "StringNotLike", {"a", "ab", "b", "a*", "?"}},
      {"NumericEquals", "NumericNotEquals", {"1", "2", "1.0"}},
      {"NumericLessThan", "", {"1", "2", "3"}},
      {"DateEquals", "DateNotEquals", {"2025-01-01", "2025-01-02", "1735689600"}},
      {"DateGreaterThanEquals", "", {"2025-01-01", "2025-01-02"}},
      {"Bool", "", {"true", "false"}},
      {"BinaryEquals", "", {"AQI=", "AQM="}},
      {"IpAddress", "NotIpAddress", {"10.0.0.0/8", "10.1.0.0", "11.0.0.1"}},
      {"ArnLike", "ArnNotLike", {"arn:aws:s3:::a", "arn:aws:s3:::*", "arn:aws:s3:::b"}}};
  return rc::gen::elementOf(cases);
}

struct Comparison {
  OperatorCase subject;
  Values operands;
  Values present;
};

Comparison any_comparison() {
  Comparison made{*any_operator(), {}, {}};
  const auto values =
      rc::gen::nonEmpty(rc::gen::container<Values>(rc::gen::elementOf(made.subject.values)));
  made.operands = *values;
  made.present = *values;
  return made;
}

RC_GTEST_PROP(Condition, if_exists_changes_nothing_where_the_key_exists, ()) {
  const auto [subject, operands, present] = any_comparison();
  for (const std::string prefix : {"", "ForAnyValue:", "ForAllValues:"}) {
    RC_ASSERT(holds(prefix + subject.name, operands, present) ==
              holds(prefix + subject.name + "IfExists", operands, present));
    RC_ASSERT(holds(prefix + subject.name + "IfExists", operands, std::nullopt));
  }
}

RC_GTEST_PROP(Condition, a_negated_operator_is_the_opposite_of_the_other, ()) {
  const auto [subject, operands, present] = any_comparison();
  RC_PRE(!subject.opposite.empty());
  RC_ASSERT(holds(subject.name, operands, present) != holds(subject.opposite, operands, present));
  RC_ASSERT(holds(subject.name, operands, std::nullopt) !=
            holds(subject.opposite, operands, std::nullopt));
}

RC_GTEST_PROP(Condition, any_value_matches_unless_all_values_do_not, ()) {
  const auto [subject, operands, present] = any_comparison();
  RC_PRE(!subject.opposite.empty());
  RC_ASSERT(holds("ForAnyValue:" + subject.name, operands, present) !=
            holds("ForAllValues:" + subject.opposite, operands, present));
  RC_ASSERT(holds("ForAnyValue:" + subject.opposite, operands, present) !=
            holds("ForAllValues:" + subject.name, operands, present));
}

RC_GTEST_PROP(Condition, more_operands_never_narrow_a_positive_operator, ()) {
  auto [subject, operands, present] = any_comparison();
  const bool before = holds(subject.name, operands, present);
  operands.push_back(*rc::gen::elementOf(subject.values));
  RC_ASSERT(!before || holds(subject.name, operands, present));
}

RC_GTEST_PROP(Condition, null_true_and_null_false_are_opposites, ()) {
  const bool exists = *rc::gen::arbitrary<bool>();
  const auto present = exists ? std::optional(Values{"x"}) : std::nullopt;
  RC_ASSERT(holds("Null", {"true"}, present) == !exists);
  RC_ASSERT(holds("Null", {"false"}, present) == exists);
}

TEST(Context, knows_the_global_keys) {
  TestRequest request;
  const Context context(request.call, request.access);
  const auto value = [&](std::string_view key) {
    const auto values = context.find(key);
    return values ? values->at(0) : "(missing)";
  };
  EXPECT_EQ(value("aws:principalarn"), "arn:aws:iam::111122223333:user/plant/ops");
  EXPECT_EQ(value("aws:principalaccount"), "111122223333");
  EXPECT_EQ(value("aws:principaltype"), "User");
  EXPECT_EQ(value("aws:principaltag/team"), "pki");
  EXPECT_EQ(value("aws:principaltag/site"), "(missing)");
  EXPECT_EQ(value("aws:userid"), "AIDAOPSOPSOPSOPSOPSOP");
  EXPECT_EQ(value("aws:username"), "ops");
  EXPECT_EQ(value("aws:sourceip"), "203.0.113.7");
  EXPECT_EQ(value("aws:securetransport"), "true");
  EXPECT_EQ(value("aws:useragent"), "aws-cli/1.45");
  EXPECT_EQ(value("aws:currenttime"), "2025-03-01T12:00:00Z");
  EXPECT_EQ(value("aws:epochtime"), "1740830400");
  EXPECT_EQ(value("aws:requestedregion"), "eu-west-1");
  EXPECT_EQ(value("aws:viaawsservice"), "false");
  EXPECT_EQ(value("aws:sourcearn"), "(missing)");
  EXPECT_EQ(value("username"), "(missing)");
}

TEST(Context, takes_the_keys_of_the_request_in_any_case) {
  TestRequest request;
  request.with("acm-pca:TemplateArn", {"arn:aws:acm-pca:::template/RootCACertificate/V1"});
  const Context context(request.call, request.access);
  EXPECT_TRUE(context.find("acm-pca:templatearn"));
}

}  // namespace
}  // namespace everseal::aws::policy
