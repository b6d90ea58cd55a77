#include "services/events/target_store.h"

#include "aws/protocol/json.h"
#include "aws/protocol/print.h"
#include "aws/protocol/read.h"
#include "services/events/event_store.h"
#include "sql/without_count.h"

namespace everseal::events {
namespace {

Result<StoredTarget> read(const sql::Row& row) {
  const auto document = aws::protocol::parse_json(row.text(2));
  if (!document) return document.error();
  auto target = aws::protocol::read<shapes::Target>(*document);
  if (!target) return Fault::broken("a stored target: " + target.error().message);
  return StoredTarget{row.integer(0), row.integer(1), *std::move(target)};
}

}  // namespace

Result<std::optional<StoredTarget>> find_target(sql::Snapshot& view, std::int64_t row_id) {
  const auto row = view.one("SELECT id, rule, settings FROM events_target WHERE id = $1", row_id);
  if (!row) return row.error();
  if (!*row) return std::optional<StoredTarget>();
  auto found = read(**row);
  if (!found) return found.error();
  return std::optional(*std::move(found));
}

Result<std::vector<StoredTarget>> list_targets(sql::Snapshot& view, std::int64_t rule,
                                               std::string_view after, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT id, rule, settings FROM events_target WHERE rule = $1 AND name > $2 ORDER BY name "
      "LIMIT $3",
      rule, after, limit);
  if (!rows) return rows.error();
  std::vector<StoredTarget> targets;
  for (const auto& row : *rows) {
    auto target = read(row);
    if (!target) return target.error();
    targets.push_back(*std::move(target));
  }
  return targets;
}

Result<std::int64_t> count_targets(sql::Snapshot& view, std::int64_t rule) {
  const auto row = view.one("SELECT count(*) FROM events_target WHERE rule = $1", rule);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Result<std::vector<std::string>> list_rules_of_target(sql::Snapshot& view, std::string_view arn,
                                                      const RuleName& after, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT DISTINCT r.name FROM events_target t JOIN events_rule r ON r.id = t.rule "
      "WHERE t.arn = $1 AND r.account = $2 AND r.region = $3 AND r.bus = $4 AND r.name > $5 "
      "ORDER BY r.name LIMIT $6",
      arn, after.bus.account, after.bus.region, after.bus.name, after.name, limit);
  if (!rows) return rows.error();
  std::vector<std::string> names;
  for (const auto& row : *rows) names.push_back(row.text(0));
  return names;
}

Outcome put_target(sql::Transaction& tx, std::int64_t rule, const shapes::Target& target) {
  const auto settings = aws::protocol::print_json(aws::protocol::print(target));
  return sql::without_count(
      tx.run("INSERT INTO events_target (rule, name, arn, settings) VALUES ($1, $2, $3, $4) "
             "ON CONFLICT (rule, name) DO UPDATE SET arn = excluded.arn, "
             "settings = excluded.settings",
             rule, target.id, target.arn, settings));
}

Result<bool> remove_target(sql::Transaction& tx, std::int64_t rule, std::string_view id) {
  const auto row = tx.one("SELECT id FROM events_target WHERE rule = $1 AND name = $2", rule, id);
  if (!row) return row.error();
  if (!*row) return false;
  const auto target = (*row)->integer(0);
  if (auto dropped = drop_deliveries_to(tx, target); !dropped) return dropped.error();
  const auto removed = tx.run("DELETE FROM events_target WHERE id = $1", target);
  if (!removed) return removed.error();
  return true;
}

}  // namespace everseal::events
