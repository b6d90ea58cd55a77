#include "services/elbv2/rule_store.h"

#include <limits>
#include <set>
#include <utility>

#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/stored.h"
#include "services/elbv2/tag_store.h"
#include "sql/without_count.h"

namespace everseal::elbv2 {
namespace {

Result<Rule> rule_in(const sql::Row& row) {
  auto conditions = unpacked<std::vector<shapes::RuleCondition>>(row.text(3));
  if (!conditions) return conditions.error();
  auto actions = unpacked<std::vector<shapes::Action>>(row.text(4));
  if (!actions) return actions.error();
  return Rule{row.text(0), row.text(1), row.integer(2), *std::move(conditions),
              *std::move(actions)};
}

Outcome put_forwards(sql::Transaction& tx, const Rule& rule) {
  const auto removed = tx.run("DELETE FROM elbv2_forward WHERE rule_arn = $1", rule.arn);
  if (!removed) return removed.error();
  for (const std::string& group : groups_of(rule.actions)) {
    const auto added = tx.run(
        "INSERT INTO elbv2_forward (rule_arn, target_group_arn) VALUES ($1, $2)", rule.arn, group);
    if (!added) return added.error();
  }
  return {};
}

}  // namespace

shapes::Rule shown(const Rule& rule) {
  return {rule.arn, rule.is_default() ? "default" : std::to_string(rule.priority), rule.conditions,
          rule.actions, rule.is_default()};
}

Result<Rule, ApiError> own_rule(sql::Snapshot& view, const aws::Call& call, std::string_view arn) {
  if (auto right_kind = expect(Kind::Rule, arn); !right_kind) return right_kind.error();
  const auto row = view.one(
      "SELECT arn, listener_arn, priority, conditions, actions FROM elbv2_rule WHERE arn = $1",
      arn);
  if (!row) return row.error();
  if (!*row || !is_own(call, arn)) return no_such_rule(arn);
  auto rule = rule_in(**row);
  if (!rule) return rule.error();
  return *std::move(rule);
}

Result<Rule> default_rule(sql::Snapshot& view, std::string_view listener_arn) {
  auto rules = list_rules(view, listener_arn, default_priority - 1, 1);
  if (!rules) return rules.error();
  if (rules->empty()) return Fault::broken("no default rule of " + std::string(listener_arn));
  return std::move(rules->front());
}

Result<std::vector<Rule>> list_rules(sql::Snapshot& view, std::string_view listener_arn,
                                     std::int64_t after, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT arn, listener_arn, priority, conditions, actions FROM elbv2_rule "
      "WHERE listener_arn = $1 AND priority > $2 ORDER BY priority LIMIT $3",
      listener_arn, after, limit);
  if (!rows) return rows.error();
  std::vector<Rule> rules;
  for (const sql::Row& row : *rows) {
    auto rule = rule_in(row);
    if (!rule) return rule.error();
    rules.push_back(*std::move(rule));
  }
  return rules;
}

Result<std::int64_t> count_rules(sql::Snapshot& view, std::string_view load_balancer_arn) {
  const auto row = view.one(
      "SELECT COUNT(*) FROM elbv2_rule r JOIN elbv2_listener l ON l.arn = r.listener_arn "
      "WHERE l.load_balancer_arn = $1 AND r.priority <> $2",
      load_balancer_arn, default_priority);
  if (!row) return row.error();
  return (*row)->integer(0);
}

std::vector<std::string> groups_of(const std::vector<shapes::Action>& actions) {
  std::set<std::string> groups;
  for (const shapes::Action& action : actions) {
    if (!action.forward_config) continue;
    for (const auto& share : action.forward_config->target_groups) {
      groups.insert(share.target_group_arn.value_or(""));
    }
  }
  return {groups.begin(), groups.end()};
}

Outcome add_rule(sql::Transaction& tx, const Rule& rule) {
  const auto added = tx.run(
      "INSERT INTO elbv2_rule (arn, listener_arn, priority, conditions, actions) "
      "VALUES ($1, $2, $3, $4, $5)",
      rule.arn, rule.listener_arn, rule.priority, packed(rule.conditions), packed(rule.actions));
  if (!added) return added.error();
  return put_forwards(tx, rule);
}

Outcome change_rule(sql::Transaction& tx, const Rule& rule) {
  const auto changed = tx.run("UPDATE elbv2_rule SET conditions = $2, actions = $3 WHERE arn = $1",
                              rule.arn, packed(rule.conditions), packed(rule.actions));
  if (!changed) return changed.error();
  return put_forwards(tx, rule);
}

Outcome change_priority(sql::Transaction& tx, std::string_view arn, std::int64_t priority) {
  return sql::without_count(
      tx.run("UPDATE elbv2_rule SET priority = $2 WHERE arn = $1", arn, priority));
}

Outcome remove_rule(sql::Transaction& tx, std::string_view arn) {
  if (auto removed = remove_all_tags(tx, arn); !removed) return removed;
  const auto forwards = tx.run("DELETE FROM elbv2_forward WHERE rule_arn = $1", arn);
  if (!forwards) return forwards.error();
  return sql::without_count(tx.run("DELETE FROM elbv2_rule WHERE arn = $1", arn));
}

Outcome remove_rules_of(sql::Transaction& tx, std::string_view listener_arn) {
  const auto rules = list_rules(tx, listener_arn, 0, std::numeric_limits<std::int64_t>::max());
  if (!rules) return rules.error();
  for (const Rule& rule : *rules) {
    if (auto removed = remove_rule(tx, rule.arn); !removed) return removed;
  }
  return {};
}

}  // namespace everseal::elbv2
