#include "services/events/bus_store.h"

#include <algorithm>

#include "sql/without_count.h"

namespace everseal::events {
namespace {

Bus read(const sql::Row& row, const BusName& owner) {
  return {.name = {owner.account, owner.region, row.text(0)},
          .description = row.maybe_text(1),
          .revision = row.integer(2),
          .created_at = row.maybe_time(3),
          .policy = row.maybe_text(4),
          .modified_at = row.maybe_time(5)};
}

Bus untouched_default(const BusName& owner) {
  return {.name = {owner.account, owner.region, std::string(kDefaultBus)},
          .description = {},
          .created_at = {}};
}

}  // namespace

Result<std::optional<Bus>> find_bus(sql::Snapshot& view, const BusName& name) {
  const auto row = view.one(
      "SELECT name, description, revision, created_at, policy, modified_at FROM events_bus "
      "WHERE account = $1 AND region = $2 AND name = $3",
      name.account, name.region, name.name);
  if (!row) return row.error();
  std::optional<Bus> found;
  if (*row) {
    found = read(**row, name);
  } else if (name.name == kDefaultBus) {
    found = untouched_default(name);
  }
  return found;
}

Result<std::vector<Bus>> list_buses(sql::Snapshot& view, const BusName& after,
                                    std::string_view prefix, std::int64_t limit) {
  std::vector<Bus> buses;
  const bool shows_default = kDefaultBus.starts_with(prefix) && after.name < kDefaultBus;
  const auto done = view.each(
      "SELECT name, description, revision, created_at, policy, modified_at FROM events_bus "
      "WHERE account = $1 AND region = $2 AND name > $3 AND name >= $4 ORDER BY name",
      {after.account, after.region, after.name, prefix}, [&](const sql::Row& row) {
        if (!row.text(0).starts_with(prefix)) return false;
        buses.push_back(read(row, after));
        return buses.size() < static_cast<std::size_t>(limit);
      });
  if (!done) return done.error();
  const auto place = std::ranges::lower_bound(
      buses, kDefaultBus, {}, [](const Bus& bus) { return std::string_view(bus.name.name); });
  const bool is_there = place != buses.end() && place->name.name == kDefaultBus;
  if (shows_default && !is_there) buses.insert(place, untouched_default(after));
  return buses;
}

Outcome add_bus(sql::Transaction& tx, const Bus& bus) {
  return sql::without_count(
      tx.run("INSERT INTO events_bus (account, region, name, description, revision, created_at) "
             "VALUES ($1, $2, $3, $4, 0, $5)",
             bus.name.account, bus.name.region, bus.name.name, bus.description, bus.created_at));
}

Outcome change_bus(sql::Transaction& tx, const Bus& bus, TimePoint now) {
  return sql::without_count(
      tx.run("INSERT INTO events_bus (account, region, name, revision, created_at, description, "
             "policy, modified_at) VALUES ($1, $2, $3, 0, $4, $5, $6, $4) "
             "ON CONFLICT (account, region, name) DO UPDATE SET "
             "description = excluded.description, policy = excluded.policy, "
             "modified_at = excluded.modified_at",
             bus.name.account, bus.name.region, bus.name.name, now, bus.description, bus.policy));
}

Outcome remove_bus(sql::Transaction& tx, const BusName& name) {
  return sql::without_count(
      tx.run("DELETE FROM events_bus WHERE account = $1 AND region = $2 AND name = $3",
             name.account, name.region, name.name));
}

Outcome note_change(sql::Transaction& tx, const BusName& name, TimePoint now, Random& random) {
  std::int64_t revision = 0;
  for (const auto octet : random.bytes(7)) revision = revision * 256 + octet;
  return sql::without_count(
      tx.run("INSERT INTO events_bus (account, region, name, revision, created_at) "
             "VALUES ($1, $2, $3, $5, $4) ON CONFLICT (account, region, name) DO UPDATE SET "
             "revision = excluded.revision",
             name.account, name.region, name.name, now, revision));
}

Result<bool> somebody_listens(sql::Snapshot& view, const BusName& name) {
  const auto row = view.one(
      "SELECT id FROM events_rule WHERE account = $1 AND region = $2 AND bus = $3 "
      "AND event_pattern IS NOT NULL AND state <> 'DISABLED' LIMIT 1",
      name.account, name.region, name.name);
  if (!row) return row.error();
  return row->has_value();
}

Result<bool> has_rules(sql::Snapshot& view, const BusName& name) {
  const auto row =
      view.one("SELECT id FROM events_rule WHERE account = $1 AND region = $2 AND bus = $3 LIMIT 1",
               name.account, name.region, name.name);
  if (!row) return row.error();
  return row->has_value();
}

}  // namespace everseal::events
