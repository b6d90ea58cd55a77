#include "services/events/plan.h"

#include "jobs/jobs.h"
#include "services/events/schedule/expression.h"

namespace everseal::events {
namespace {

Outcome set_plan(sql::Transaction& tx, const Plan& plan) {
  const auto written = tx.run(
      "INSERT INTO events_plan (rule, expression, planned_at) VALUES ($1, $2, $3) "
      "ON CONFLICT (rule) DO UPDATE SET expression = excluded.expression, "
      "planned_at = excluded.planned_at",
      plan.rule, plan.expression, plan.planned_at);
  if (!written) return written.error();
  return keep_plan(tx, plan);
}

Result<schedule::Expression> read(const std::string& expression) {
  auto parsed = schedule::Expression::parse(expression);
  if (!parsed) return Fault::broken("a stored rule: " + parsed.error().cause);
  return parsed;
}

// Without a further minute the plan ends.
Outcome set_or_end(sql::Transaction& tx, std::int64_t rule, const std::string& expression,
                   const std::optional<TimePoint>& next) {
  return next ? set_plan(tx, {rule, expression, *next}) : end_plan(tx, rule);
}

}  // namespace

Result<std::optional<Plan>> find_plan(sql::Snapshot& view, std::int64_t rule) {
  const auto row =
      view.one("SELECT rule, expression, planned_at FROM events_plan WHERE rule = $1", rule);
  if (!row) return row.error();
  std::optional<Plan> found;
  if (*row) found = Plan{(*row)->integer(0), (*row)->text(1), (*row)->time(2)};
  return found;
}

Outcome plan_rule(sql::Transaction& tx, const Rule& rule, TimePoint now) {
  if (!rule.schedule_expression || rule.state == RuleState::Disabled) return end_plan(tx, rule.id);
  const auto plan = find_plan(tx, rule.id);
  if (!plan) return plan.error();
  if (*plan && (*plan)->expression == *rule.schedule_expression) return {};
  const auto expression = read(*rule.schedule_expression);
  if (!expression) return expression.error();
  return set_or_end(tx, rule.id, *rule.schedule_expression, expression->first_after(now));
}

Outcome plan_next(sql::Transaction& tx, const Plan& plan, TimePoint now) {
  const auto expression = read(plan.expression);
  if (!expression) return expression.error();
  return set_or_end(tx, plan.rule, plan.expression, expression->next_after(plan.planned_at, now));
}

Outcome keep_plan(sql::Transaction& tx, const Plan& plan) {
  return jobs::reschedule(tx, {.kind = std::string(kFireJob),
                               .key = std::to_string(plan.rule),
                               .due = plan.planned_at,
                               .payload = {}});
}

Outcome end_plan(sql::Transaction& tx, std::int64_t rule) {
  const auto removed = tx.run("DELETE FROM events_plan WHERE rule = $1", rule);
  if (!removed) return removed.error();
  return jobs::cancel(tx, kFireJob, std::to_string(rule));
}

}  // namespace everseal::events
