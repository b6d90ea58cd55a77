#include "services/elbv2/target_group_store.h"

#include <string>

#include "services/elbv2/attributes.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/stored.h"
#include "services/elbv2/tag_store.h"
#include "sql/without_count.h"

namespace everseal::elbv2 {
namespace {

Result<TargetGroup> target_group_in(const sql::Row& row) {
  auto settings = unpacked<TargetGroupSettings>(row.text(4));
  if (!settings) return settings.error();
  return TargetGroup{row.text(0), row.text(1), row.text(2), row.text(3), *std::move(settings)};
}

Result<std::optional<TargetGroup>> target_group_of(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  if (!*row) return std::optional<TargetGroup>{};
  auto found = target_group_in(**row);
  if (!found) return found.error();
  return std::optional(*std::move(found));
}

Result<std::vector<TargetGroup>> all_target_groups(const Result<std::vector<sql::Row>>& rows) {
  if (!rows) return rows.error();
  std::vector<TargetGroup> groups;
  for (const sql::Row& row : *rows) {
    auto group = target_group_in(row);
    if (!group) return group.error();
    groups.push_back(*std::move(group));
  }
  return groups;
}

// How long a target of the group drains.
Result<std::chrono::seconds> delay_of(sql::Snapshot& view, std::string_view target_group_arn) {
  const auto attributes = attributes_of(view, target_group_arn, target_group_attributes());
  if (!attributes) return attributes.error();
  return std::chrono::seconds(
      std::stoi(value_of(*attributes, "deregistration_delay.timeout_seconds")));
}

}  // namespace

Result<std::optional<TargetGroup>> find_target_group(sql::Snapshot& view, std::string_view arn) {
  return target_group_of(view.one(
      "SELECT arn, account, region, name, settings FROM elbv2_target_group WHERE arn = $1", arn));
}

Result<std::optional<TargetGroup>> find_target_group_named(sql::Snapshot& view,
                                                           std::string_view account,
                                                           std::string_view region,
                                                           std::string_view name) {
  return target_group_of(
      view.one("SELECT arn, account, region, name, settings FROM elbv2_target_group "
               "WHERE account = $1 AND region = $2 AND name = $3",
               account, region, name));
}

Result<TargetGroup, ApiError> own_target_group(sql::Snapshot& view, const aws::Call& call,
                                               std::string_view arn) {
  if (auto right_kind = expect(Kind::TargetGroup, arn); !right_kind) return right_kind.error();
  auto found = find_target_group(view, arn);
  if (!found) return found.error();
  if (!*found || !is_own(call, arn)) return no_such_target_group(arn);
  return **std::move(found);
}

Result<std::vector<TargetGroup>> list_target_groups(sql::Snapshot& view, std::string_view account,
                                                    std::string_view region, std::string_view after,
                                                    std::int64_t limit) {
  return all_target_groups(
      view.all("SELECT arn, account, region, name, settings FROM elbv2_target_group "
               "WHERE account = $1 AND region = $2 AND name > $3 ORDER BY name LIMIT $4",
               account, region, after, limit));
}

Result<std::vector<TargetGroup>> list_target_groups_of(sql::Snapshot& view,
                                                       std::string_view load_balancer_arn,
                                                       std::string_view after, std::int64_t limit) {
  return all_target_groups(view.all(
      "SELECT arn, account, region, name, settings FROM elbv2_target_group WHERE arn IN "
      "(SELECT f.target_group_arn FROM elbv2_forward f JOIN elbv2_rule r ON r.arn = f.rule_arn "
      "JOIN elbv2_listener l ON l.arn = r.listener_arn WHERE l.load_balancer_arn = $1) "
      "AND name > $2 ORDER BY name LIMIT $3",
      load_balancer_arn, after, limit));
}

Result<std::int64_t> count_target_groups(sql::Snapshot& view, std::string_view account,
                                         std::string_view region) {
  const auto row =
      view.one("SELECT COUNT(*) FROM elbv2_target_group WHERE account = $1 AND region = $2",
               account, region);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Result<std::vector<std::string>> load_balancers_of(sql::Snapshot& view,
                                                   std::string_view target_group_arn) {
  const auto rows = view.all(
      "SELECT DISTINCT l.load_balancer_arn FROM elbv2_forward f "
      "JOIN elbv2_rule r ON r.arn = f.rule_arn JOIN elbv2_listener l ON l.arn = r.listener_arn "
      "WHERE f.target_group_arn = $1 ORDER BY l.load_balancer_arn",
      target_group_arn);
  if (!rows) return rows.error();
  std::vector<std::string> arns;
  for (const sql::Row& row : *rows) arns.push_back(row.text(0));
  return arns;
}

Outcome add_target_group(sql::Transaction& tx, const TargetGroup& group) {
  return sql::without_count(
      tx.run("INSERT INTO elbv2_target_group (arn, account, region, name, settings) "
             "VALUES ($1, $2, $3, $4, $5)",
             group.arn, group.account, group.region, group.name, packed(group.settings)));
}

Outcome change_target_group(sql::Transaction& tx, const TargetGroup& group) {
  return sql::without_count(tx.run("UPDATE elbv2_target_group SET settings = $2 WHERE arn = $1",
                                   group.arn, packed(group.settings)));
}

Outcome remove_target_group(sql::Transaction& tx, std::string_view arn) {
  if (auto removed = remove_attributes(tx, arn); !removed) return removed;
  if (auto removed = remove_all_tags(tx, arn); !removed) return removed;
  const auto targets = tx.run("DELETE FROM elbv2_target WHERE target_group_arn = $1", arn);
  if (!targets) return targets.error();
  return sql::without_count(tx.run("DELETE FROM elbv2_target_group WHERE arn = $1", arn));
}

Result<std::vector<Target>> targets_of(sql::Snapshot& view, std::string_view target_group_arn,
                                       TimePoint now) {
  const auto delay = delay_of(view, target_group_arn);
  if (!delay) return delay.error();
  const auto rows = view.all(
      "SELECT id, port, zone, registered_at, deregistered_at FROM elbv2_target "
      "WHERE target_group_arn = $1 AND (deregistered_at IS NULL OR deregistered_at > $2) "
      "ORDER BY id, port",
      target_group_arn, now - *delay);
  if (!rows) return rows.error();
  std::vector<Target> targets;
  for (const sql::Row& row : *rows) {
    targets.push_back({row.text(0), static_cast<std::int32_t>(row.integer(1)), row.maybe_text(2),
                       row.time(3), row.maybe_time(4)});
  }
  return targets;
}

Result<std::int64_t> count_targets(sql::Snapshot& view, std::string_view target_group_arn) {
  const auto row = view.one(
      "SELECT COUNT(*) FROM elbv2_target WHERE target_group_arn = $1 AND deregistered_at IS NULL",
      target_group_arn);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Result<std::int64_t> count_kept_targets(sql::Snapshot& view, std::string_view target_group_arn) {
  const auto row =
      view.one("SELECT COUNT(*) FROM elbv2_target WHERE target_group_arn = $1", target_group_arn);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome add_target(sql::Transaction& tx, std::string_view target_group_arn, const Target& target) {
  return sql::without_count(
      tx.run("INSERT INTO elbv2_target (target_group_arn, id, port, zone, registered_at) "
             "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (target_group_arn, id, port) "
             "DO UPDATE SET zone = excluded.zone, deregistered_at = NULL",
             target_group_arn, target.id, target.port, target.zone, target.registered_at));
}

Result<bool> drain_target(sql::Transaction& tx, std::string_view target_group_arn,
                          const Target& target, TimePoint now) {
  const auto changed = tx.run(
      "UPDATE elbv2_target SET deregistered_at = $4 "
      "WHERE target_group_arn = $1 AND id = $2 AND port = $3 AND deregistered_at IS NULL",
      target_group_arn, target.id, target.port, now);
  if (!changed) return changed.error();
  return *changed > 0;
}

Result<bool> remove_target(sql::Transaction& tx, std::string_view target_group_arn,
                           const Target& target) {
  const auto removed =
      tx.run("DELETE FROM elbv2_target WHERE target_group_arn = $1 AND id = $2 AND port = $3",
             target_group_arn, target.id, target.port);
  if (!removed) return removed.error();
  return *removed > 0;
}

Outcome forget_drained(sql::Transaction& tx, std::string_view target_group_arn, TimePoint now) {
  const auto delay = delay_of(tx, target_group_arn);
  if (!delay) return delay.error();
  return sql::without_count(
      tx.run("DELETE FROM elbv2_target WHERE target_group_arn = $1 AND deregistered_at <= $2",
             target_group_arn, now - *delay));
}

}  // namespace everseal::elbv2
