#include "services/events/rule_store.h"

#include "sql/without_count.h"

namespace everseal::events {
namespace {

Rule read(const sql::Row& row) {
  return {.id = row.integer(0),
          .name = {{row.text(1), row.text(2), row.text(3)}, row.text(4)},
          .event_pattern = row.maybe_text(5),
          .schedule_expression = row.maybe_text(6),
          .state = aws::named<RuleState>(row.text(7)).value_or(RuleState::Disabled),
          .description = row.maybe_text(8),
          .role_arn = row.maybe_text(9)};
}

Result<std::optional<Rule>> read(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  std::optional<Rule> found;
  if (*row) found = read(**row);
  return found;
}

}  // namespace

Result<std::optional<Rule>> find_rule(sql::Snapshot& view, const RuleName& name) {
  return read(
      view.one("SELECT id, account, region, bus, name, event_pattern, schedule_expression, state, "
               "description, role_arn FROM events_rule "
               "WHERE account = $1 AND region = $2 AND bus = $3 AND name = $4",
               name.bus.account, name.bus.region, name.bus.name, name.name));
}

Result<std::optional<Rule>> find_rule(sql::Snapshot& view, std::int64_t id) {
  return read(
      view.one("SELECT id, account, region, bus, name, event_pattern, schedule_expression, state, "
               "description, role_arn FROM events_rule WHERE id = $1",
               id));
}

Result<std::vector<Rule>> list_rules(sql::Snapshot& view, const RuleName& after,
                                     std::string_view prefix, std::int64_t limit) {
  std::vector<Rule> rules;
  const auto done = view.each(
      "SELECT id, account, region, bus, name, event_pattern, schedule_expression, state, "
      "description, role_arn FROM events_rule WHERE account = $1 AND region = $2 AND bus = $3 "
      "AND name > $4 AND name >= $5 ORDER BY name",
      {after.bus.account, after.bus.region, after.bus.name, after.name, prefix},
      [&](const sql::Row& row) {
        if (!row.text(4).starts_with(prefix)) return false;
        rules.push_back(read(row));
        return rules.size() < static_cast<std::size_t>(limit);
      });
  if (!done) return done.error();
  return rules;
}

Result<std::int64_t> count_rules(sql::Snapshot& view, const BusName& bus) {
  const auto row =
      view.one("SELECT count(*) FROM events_rule WHERE account = $1 AND region = $2 AND bus = $3",
               bus.account, bus.region, bus.name);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome put_rule(sql::Transaction& tx, const Rule& rule) {
  const auto& [bus, name] = rule.name;
  return sql::without_count(
      tx.run("INSERT INTO events_rule (account, region, bus, name, event_pattern, "
             "schedule_expression, state, description, role_arn) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
             "ON CONFLICT (account, region, bus, name) DO UPDATE SET "
             "event_pattern = excluded.event_pattern, "
             "schedule_expression = excluded.schedule_expression, state = excluded.state, "
             "description = excluded.description, role_arn = excluded.role_arn",
             bus.account, bus.region, bus.name, name, rule.event_pattern, rule.schedule_expression,
             aws::name_of(rule.state), rule.description, rule.role_arn));
}

Outcome set_state(sql::Transaction& tx, std::int64_t id, RuleState state) {
  return sql::without_count(
      tx.run("UPDATE events_rule SET state = $2 WHERE id = $1", id, aws::name_of(state)));
}

Outcome remove_rule(sql::Transaction& tx, std::int64_t id) {
  return sql::without_count(tx.run("DELETE FROM events_rule WHERE id = $1", id));
}

}  // namespace everseal::events
