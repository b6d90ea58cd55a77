#include "services/logs/group_store.h"

#include <chrono>

#include "services/logs/errors.h"
#include "sql/without_count.h"

namespace everseal::logs {
namespace {

// The columns of every SELECT here, in this order.
Group group_in(const sql::Row& row) {
  return {.id = row.integer(0),
          .name = {row.text(1), row.text(2), row.text(3)},
          .log_class = row.text(4),
          .retention_days = row.maybe_integer(5),
          .stored_octets = row.integer(6),
          .created_at = row.time(7)};
}

}  // namespace

TimePoint Group::keeps_since(TimePoint now) const {
  return retention_days ? now - std::chrono::days{*retention_days} : TimePoint{};
}

Result<std::optional<Group>> find_group(sql::Snapshot& view, const GroupName& name) {
  const auto row = view.one(
      "SELECT id, account, region, name, class, retention_days, stored_octets, created_at "
      "FROM logs_group WHERE account = $1 AND region = $2 AND name = $3 AND gone = 0",
      name.account, name.region, name.name);
  if (!row) return row.error();
  if (!*row) return std::optional<Group>();
  return std::optional(group_in(**row));
}

Result<Group, ApiError> require_group(sql::Snapshot& view, const GroupName& name) {
  auto found = find_group(view, name);
  if (!found) return found.error();
  if (!*found) return group_not_found();
  return **std::move(found);
}

Result<std::int64_t> add_group(sql::Transaction& tx, const Group& group) {
  const auto& [account, region, name] = group.name;
  const auto row = tx.one(
      "INSERT INTO logs_group (account, region, name, class, retention_days, stored_octets, "
      "created_at, gone) VALUES ($1, $2, $3, $4, $5, 0, $6, 0) RETURNING id",
      account, region, name, group.log_class, group.retention_days, group.created_at);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome each_group(sql::Snapshot& view, const GroupName& after,
                   const std::function<bool(const Group&)>& use) {
  return view.each(
      "SELECT id, account, region, name, class, retention_days, stored_octets, created_at "
      "FROM logs_group WHERE account = $1 AND region = $2 AND name > $3 AND gone = 0 "
      "ORDER BY name",
      {after.account, after.region, after.name},
      [&](const sql::Row& row) { return use(group_in(row)); });
}

Outcome set_retention(sql::Transaction& tx, std::int64_t group,
                      const std::optional<std::int64_t>& days) {
  return sql::without_count(
      tx.run("UPDATE logs_group SET retention_days = $2 WHERE id = $1", group, days));
}

Outcome add_stored_octets(sql::Transaction& tx, std::int64_t group, std::int64_t octets) {
  return sql::without_count(tx.run(
      "UPDATE logs_group SET stored_octets = stored_octets + $2 WHERE id = $1", group, octets));
}

Result<aws::Tags> tags_of(sql::Snapshot& view, std::int64_t group) {
  const auto rows = view.all(
      "SELECT tag_key, tag_value FROM logs_tag WHERE group_id = $1 ORDER BY tag_key", group);
  if (!rows) return rows.error();
  aws::Tags tags;
  for (const auto& row : *rows) tags.emplace_back(row.text(0), row.text(1));
  return tags;
}

Outcome put_tag(sql::Transaction& tx, std::int64_t group, std::string_view key,
                std::string_view value) {
  return sql::without_count(
      tx.run("INSERT INTO logs_tag (group_id, tag_key, tag_value) VALUES ($1, $2, $3) "
             "ON CONFLICT (group_id, tag_key) DO UPDATE SET tag_value = excluded.tag_value",
             group, key, value));
}

Outcome remove_tag(sql::Transaction& tx, std::int64_t group, std::string_view key) {
  return sql::without_count(
      tx.run("DELETE FROM logs_tag WHERE group_id = $1 AND tag_key = $2", group, key));
}

Outcome hide_group(sql::Transaction& tx, std::int64_t group) {
  return sql::without_count(tx.run("UPDATE logs_group SET gone = 1 WHERE id = $1", group));
}

}  // namespace everseal::logs
