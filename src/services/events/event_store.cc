#include "services/events/event_store.h"

#include "sql/without_count.h"

namespace everseal::events {
namespace {

constexpr std::string_view kAdd =
    "INSERT INTO events_event (id, account, region, bus, resource, body, hops, received_at, "
    "matched) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING seq";

// Columns from `first` on: seq, id, account, region, bus, resource, body, hops, received_at.
WaitingEvent read_event(const sql::Row& row, std::size_t first) {
  return {.seq = row.integer(first),
          .event = {.id = row.text(first + 1),
                    .bus = {row.text(first + 2), row.text(first + 3), row.text(first + 4)},
                    .resource = row.text(first + 5),
                    .body = row.text(first + 6),
                    .hops = static_cast<int>(row.integer(first + 7)),
                    .received_at = row.time(first + 8)}};
}

Outcome forget_if_done(sql::Transaction& tx, std::int64_t event) {
  return sql::without_count(
      tx.run("DELETE FROM events_event WHERE seq = $1 AND matched = 1 AND NOT EXISTS "
             "(SELECT id FROM events_delivery WHERE event = $1)",
             event));
}

}  // namespace

Outcome add_event(sql::Transaction& tx, const QueuedEvent& event) {
  return sql::without_count(tx.run(kAdd, event.id, event.bus.account, event.bus.region,
                                   event.bus.name, event.resource, event.body, event.hops,
                                   event.received_at, /*matched=*/0));
}

Result<std::int64_t> add_matched_event(sql::Transaction& tx, const QueuedEvent& event) {
  const auto row = tx.one(kAdd, event.id, event.bus.account, event.bus.region, event.bus.name,
                          event.resource, event.body, event.hops, event.received_at,
                          /*matched=*/1);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Result<bool> waits(sql::Snapshot& view, std::int64_t seq) {
  const auto row = view.one("SELECT seq FROM events_event WHERE seq = $1", seq);
  if (!row) return row.error();
  return row->has_value();
}

Result<std::vector<WaitingEvent>> to_match(sql::Snapshot& view, const BusName& bus,
                                           std::int64_t limit) {
  const auto rows = view.all(
      "SELECT seq, id, account, region, bus, resource, body, hops, received_at FROM events_event "
      "WHERE account = $1 AND region = $2 AND bus = $3 AND matched = 0 ORDER BY seq LIMIT $4",
      bus.account, bus.region, bus.name, limit);
  if (!rows) return rows.error();
  std::vector<WaitingEvent> events;
  for (const auto& row : *rows) events.push_back(read_event(row, 0));
  return events;
}

Outcome mark_matched(sql::Transaction& tx, std::int64_t seq) {
  const auto marked = tx.run("UPDATE events_event SET matched = 1 WHERE seq = $1", seq);
  if (!marked) return marked.error();
  return forget_if_done(tx, seq);
}

Outcome add_delivery(sql::Transaction& tx, std::int64_t event, std::int64_t target,
                     std::string_view lane) {
  return sql::without_count(
      tx.run("INSERT INTO events_delivery (event, target, lane, attempts, not_before) "
             "VALUES ($1, $2, $3, 0, 0)",
             event, target, lane));
}

Result<std::optional<WaitingDelivery>> next_in(sql::Snapshot& view, std::string_view lane) {
  const auto row = view.one(
      "SELECT d.id, d.target, d.attempts, d.not_before, e.seq, e.id, e.account, e.region, e.bus, "
      "e.resource, e.body, e.hops, e.received_at FROM events_delivery d "
      "JOIN events_event e ON e.seq = d.event WHERE d.lane = $1 ORDER BY d.id LIMIT 1",
      lane);
  if (!row) return row.error();
  std::optional<WaitingDelivery> found;
  if (*row) {
    found = WaitingDelivery{.id = (*row)->integer(0),
                            .target = (*row)->integer(1),
                            .attempts = (*row)->integer(2),
                            .not_before = (*row)->time(3),
                            .event = read_event(**row, 4)};
  }
  return found;
}

Outcome postpone(sql::Transaction& tx, std::int64_t delivery, std::int64_t attempts,
                 TimePoint not_before) {
  return sql::without_count(
      tx.run("UPDATE events_delivery SET attempts = $2, not_before = $3 WHERE id = $1", delivery,
             attempts, not_before));
}

Result<bool> finish(sql::Transaction& tx, const WaitingDelivery& delivery) {
  const auto removed = tx.run("DELETE FROM events_delivery WHERE id = $1", delivery.id);
  if (!removed) return removed.error();
  if (auto swept = forget_if_done(tx, delivery.event.seq); !swept) return swept.error();
  return *removed > 0;
}

Outcome drop_deliveries_to(sql::Transaction& tx, std::int64_t target) {
  const auto rows = tx.all("SELECT DISTINCT event FROM events_delivery WHERE target = $1", target);
  if (!rows) return rows.error();
  if (const auto dropped = tx.run("DELETE FROM events_delivery WHERE target = $1", target);
      !dropped)
    return dropped.error();
  for (const auto& row : *rows) {
    if (auto swept = forget_if_done(tx, row.integer(0)); !swept) return swept;
  }
  return {};
}

}  // namespace everseal::events
