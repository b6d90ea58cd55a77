#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// Of the rule that says what a listener does otherwise; all others are below.
inline constexpr std::int64_t default_priority = 50001;

struct Rule {
  std::string arn;
  std::string listener_arn;
  std::int64_t priority = default_priority;
  std::vector<shapes::RuleCondition> conditions;
  std::vector<shapes::Action> actions;
  bool is_default() const { return priority == default_priority; }
};

namespace shapes {

struct Rules {
  std::vector<Rule> rules;
  static constexpr auto fields = std::tuple{aws::always("Rules", &Rules::rules)};
};

}  // namespace shapes

shapes::Rule shown(const Rule& rule);

// The caller's. ValidationError: not the ARN of one. RuleNotFound.
Result<Rule, ApiError> own_rule(sql::Snapshot& view, const aws::Call& call, std::string_view arn);
// The one that has no conditions. Broken: there is none.
Result<Rule> default_rule(sql::Snapshot& view, std::string_view listener_arn);
// By priority, after that one.
Result<std::vector<Rule>> list_rules(sql::Snapshot& view, std::string_view listener_arn,
                                     std::int64_t after, std::int64_t limit);
// Of all listeners, without the default ones.
Result<std::int64_t> count_rules(sql::Snapshot& view, std::string_view load_balancer_arn);
// The target groups that its actions name.
std::vector<std::string> groups_of(const std::vector<shapes::Action>& actions);

// Conflict: the priority is taken.
Outcome add_rule(sql::Transaction& tx, const Rule& rule);
// Its conditions and actions.
Outcome change_rule(sql::Transaction& tx, const Rule& rule);
// Conflict: the priority is taken.
Outcome change_priority(sql::Transaction& tx, std::string_view arn, std::int64_t priority);
// With its tags.
Outcome remove_rule(sql::Transaction& tx, std::string_view arn);
Outcome remove_rules_of(sql::Transaction& tx, std::string_view listener_arn);

}  // namespace everseal::elbv2
