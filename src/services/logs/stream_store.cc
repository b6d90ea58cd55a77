#include "services/logs/stream_store.h"

#include <algorithm>

#include "services/logs/errors.h"
#include "services/logs/group_store.h"
#include "sql/without_count.h"

namespace everseal::logs {
namespace {

// The columns of every SELECT of streams here, in this order.
Stream stream_in(const sql::Row& row) {
  Stream stream{.id = row.integer(0),
                .group = row.integer(1),
                .name = row.text(2),
                .created_at = row.time(3),
                .first_event = row.maybe_time(4),
                .last_event = std::nullopt,
                .last_ingestion = row.maybe_time(6)};
  if (row.integer(5) > 0) stream.last_event = row.time(5);
  return stream;
}

constexpr std::string_view behind_all = "\xf4\x8f\xbf\xbf";  // U+10FFFF, which no name has

}  // namespace

Result<std::optional<Stream>> find_stream(sql::Snapshot& view, std::int64_t group,
                                          std::string_view name) {
  const auto row = view.one(
      "SELECT id, group_id, name, created_at, first_event, last_event, last_ingestion "
      "FROM logs_stream WHERE group_id = $1 AND name = $2 AND gone = 0",
      group, name);
  if (!row) return row.error();
  if (!*row) return std::optional<Stream>();
  return std::optional(stream_in(**row));
}

Result<Stream, ApiError> require_stream(sql::Snapshot& view, std::int64_t group,
                                        std::string_view name) {
  auto found = find_stream(view, group, name);
  if (!found) return found.error();
  if (!*found) return stream_not_found();
  return **std::move(found);
}

Result<std::optional<std::string>> name_of_stream(sql::Snapshot& view, std::int64_t stream) {
  const auto row = view.one("SELECT name FROM logs_stream WHERE id = $1 AND gone = 0", stream);
  if (!row) return row.error();
  return *row ? std::optional((*row)->text(0)) : std::nullopt;
}

Result<std::int64_t> add_stream(sql::Transaction& tx, std::int64_t group, std::string_view name,
                                TimePoint now) {
  const auto row = tx.one(
      "INSERT INTO logs_stream (group_id, name, created_at, last_event, gone) "
      "VALUES ($1, $2, $3, 0, 0) RETURNING id",
      group, name, now);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome each_stream(sql::Snapshot& view, std::int64_t group, StreamOrder order,
                    const std::optional<StreamPosition>& after,
                    const std::function<bool(const Stream&)>& use) {
  const auto row_use = [&](const sql::Row& row) { return use(stream_in(row)); };
  const bool is_backward =
      order == StreamOrder::ByNameDescending || order == StreamOrder::ByEventDescending;
  const auto start = after.value_or(
      is_backward ? StreamPosition{TimePoint::max(), std::string(behind_all)} : StreamPosition{});
  switch (order) {
    case StreamOrder::ByName:
      return view.each(
          "SELECT id, group_id, name, created_at, first_event, last_event, last_ingestion "
          "FROM logs_stream WHERE group_id = $1 AND name > $2 AND gone = 0 ORDER BY name",
          {group, start.name}, row_use);
    case StreamOrder::ByNameDescending:
      return view.each(
          "SELECT id, group_id, name, created_at, first_event, last_event, last_ingestion "
          "FROM logs_stream WHERE group_id = $1 AND name < $2 AND gone = 0 ORDER BY name DESC",
          {group, start.name}, row_use);
    case StreamOrder::ByEvent:
      return view.each(
          "SELECT id, group_id, name, created_at, first_event, last_event, last_ingestion "
          "FROM logs_stream WHERE group_id = $1 AND (last_event, name) > ($2, $3) AND gone = 0 "
          "ORDER BY last_event, name",
          {group, start.last_event, start.name}, row_use);
    case StreamOrder::ByEventDescending:
      break;
  }
  return view.each(
      "SELECT id, group_id, name, created_at, first_event, last_event, last_ingestion "
      "FROM logs_stream WHERE group_id = $1 AND (last_event, name) < ($2, $3) AND gone = 0 "
      "ORDER BY last_event DESC, name DESC",
      {group, start.last_event, start.name}, row_use);
}

Outcome append(sql::Transaction& tx, const Stream& stream, std::span<const Chunk> chunks,
               TimePoint now) {
  if (chunks.empty()) return {};
  std::int64_t octets = 0;
  for (const auto& chunk : chunks) {
    const auto added = tx.run(
        "INSERT INTO logs_chunk (group_id, stream_id, first_event, last_event, ingested_at, "
        "octets, events) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        stream.group, stream.id, chunk.first, chunk.last, now, chunk.octets, chunk.events);
    if (!added) return added.error();
    octets += chunk.octets;
  }
  const auto first = std::min(stream.first_event.value_or(TimePoint::max()), chunks.front().first);
  const auto last = std::max(stream.last_event.value_or(TimePoint{}), chunks.back().last);
  const auto told = tx.run(
      "UPDATE logs_stream SET first_event = $2, last_event = $3, last_ingestion = $4 "
      "WHERE id = $1",
      stream.id, first, last, now);
  if (!told) return told.error();
  return add_stored_octets(tx, stream.group, octets);
}

Outcome hide_stream(sql::Transaction& tx, std::int64_t stream) {
  return sql::without_count(tx.run("UPDATE logs_stream SET gone = 1 WHERE id = $1", stream));
}

}  // namespace everseal::logs
