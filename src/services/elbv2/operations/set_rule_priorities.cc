#include "services/elbv2/operations/set_rule_priorities.h"

#include <utility>

#include "services/elbv2/access.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/load_balancer_store.h"

namespace everseal::elbv2 {
namespace {

// The rules that are to have other priorities, with these.
Result<std::vector<Rule>, ApiError> moved_rules(sql::Snapshot& view, const aws::Call& call,
                                                const SetRulePriorities::Request& request) {
  if (request.rule_priorities.empty()) return invalid("A rule priority must be specified");
  std::vector<Rule> rules;
  for (const auto& [arn, priority] : request.rule_priorities) {
    if (!arn || !priority) return invalid("A rule ARN and a priority must be specified");
    auto rule = own_rule(view, call, *arn);
    if (!rule) return rule.error();
    if (rule->is_default()) return default_rule_is_fixed("given a priority");
    rule->priority = *priority;
    rules.push_back(*std::move(rule));
  }
  return rules;
}

// First all out of the way, so that rules can change places.
Result<void, ApiError> move(sql::Transaction& tx, const std::vector<Rule>& rules) {
  std::int64_t aside = 0;
  for (const Rule& rule : rules) {
    if (auto moved = change_priority(tx, rule.arn, --aside); !moved) return moved.error();
  }
  for (const Rule& rule : rules) {
    const auto moved = change_priority(tx, rule.arn, rule.priority);
    if (moved) continue;
    if (moved.error().kind == Fault::Kind::Conflict) return priority_taken(rule.priority);
    return moved.error();
  }
  return {};
}

aws::Access to_rules(sql::Database& database, const SetRulePriorities::Request& request) {
  aws::Access all;
  for (const auto& pair : request.rule_priorities) {
    aws::Access one = access_to(database, pair.rule_arn.value_or("*"));
    one.action = "elasticloadbalancing:SetRulePriorities";
    if (all.resources.empty()) {
      all = std::move(one);
    } else {
      all.also.push_back(std::move(one));
    }
  }
  return all.resources.empty() ? aws::on_anything() : all;
}

}  // namespace

aws::Access SetRulePriorities::access(const Request& request, const aws::Call&) const {
  return to_rules(database, request);
}

Result<shapes::Rules, ApiError> SetRulePriorities::operator()(const Request& request,
                                                              const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Rules, ApiError> {
    const auto rules = moved_rules(tx, call, request);
    if (!rules) return rules.error();
    if (auto moved = move(tx, *rules); !moved) return moved.error();
    announce_change(tx);
    shapes::Rules answer;
    for (const Rule& rule : *rules) answer.rules.push_back(shown(rule));
    return answer;
  });
}

}  // namespace everseal::elbv2
