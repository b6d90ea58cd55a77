#include "services/events/archives/replay.h"

#include "services/events/json/json.h"
#include "sql/without_count.h"

namespace everseal::events::archives {
namespace {

std::string text_of(const std::vector<std::string>& arns) {
  json::Value list;
  list.kind = json::Value::Kind::Array;
  for (const auto& arn : arns) list.elements.push_back(json::string_value(arn));
  return json::print(list);
}

std::vector<std::string> arns_in(const std::string& text) {
  std::vector<std::string> arns;
  if (const auto list = json::parse(text)) {
    for (const auto& arn : list->elements) arns.push_back(arn.text);
  }
  return arns;
}

Replay read(const sql::Row& row) {
  return {.id = row.integer(0),
          .name = {row.text(1), row.text(2), row.text(3)},
          .description = row.maybe_text(4),
          .state = aws::named<ReplayState>(row.text(5)).value_or(ReplayState::Failed),
          .state_reason = row.maybe_text(6),
          .archive = row.integer(7),
          .source_arn = row.text(8),
          .destination_arn = row.text(9),
          .filter_arns = arns_in(row.text(10)),
          .event_start = row.time(11),
          .event_end = row.time(12),
          .last_event_time = row.maybe_time(13),
          .last_event = row.integer(14),
          .up_to = row.integer(15),
          .started_at = row.time(16),
          .ended_at = row.maybe_time(17)};
}

Result<std::optional<Replay>> read(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  std::optional<Replay> found;
  if (*row) found = read(**row);
  return found;
}

bool is_chosen(const ReplayChoice& choice, const Replay& replay) {
  return choice.state.value_or(replay.state) == replay.state &&
         choice.source_arn.value_or(replay.source_arn) == replay.source_arn;
}

}  // namespace

Result<std::optional<Replay>> find_replay(sql::Snapshot& view, const OwnName& name) {
  return read(
      view.one("SELECT id, account, region, name, description, state, state_reason, archive, "
               "source_arn, destination_arn, filter_arns, event_start, event_end, last_event_time, "
               "last_event, up_to, started_at, ended_at FROM events_replay "
               "WHERE account = $1 AND region = $2 AND name = $3",
               name.account, name.region, name.name));
}

Result<std::optional<Replay>> find_replay(sql::Snapshot& view, std::int64_t id) {
  return read(
      view.one("SELECT id, account, region, name, description, state, state_reason, archive, "
               "source_arn, destination_arn, filter_arns, event_start, event_end, last_event_time, "
               "last_event, up_to, started_at, ended_at FROM events_replay WHERE id = $1",
               id));
}

Result<std::vector<Replay>> list_replays(sql::Snapshot& view, const OwnName& after,
                                         const ReplayChoice& choice, std::int64_t limit) {
  std::vector<Replay> replays;
  const auto done = view.each(
      "SELECT id, account, region, name, description, state, state_reason, archive, source_arn, "
      "destination_arn, filter_arns, event_start, event_end, last_event_time, last_event, up_to, "
      "started_at, ended_at FROM events_replay "
      "WHERE account = $1 AND region = $2 AND name > $3 AND name >= $4 ORDER BY name",
      {after.account, after.region, after.name, choice.prefix}, [&](const sql::Row& row) {
        if (!row.text(3).starts_with(choice.prefix)) return false;
        auto replay = read(row);
        if (is_chosen(choice, replay)) replays.push_back(std::move(replay));
        return replays.size() < static_cast<std::size_t>(limit);
      });
  if (!done) return done.error();
  return replays;
}

Result<std::int64_t> count_running(sql::Snapshot& view, const OwnName& owner) {
  const auto row = view.one(
      "SELECT count(*) FROM events_replay WHERE account = $1 AND region = $2 AND ended_at IS NULL",
      owner.account, owner.region);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Result<std::int64_t> add_replay(sql::Transaction& tx, const Replay& replay) {
  const auto& [account, region, name] = replay.name;
  const auto row = tx.one(
      "INSERT INTO events_replay (account, region, name, description, state, archive, source_arn, "
      "destination_arn, filter_arns, event_start, event_end, last_event, up_to, started_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13) RETURNING id",
      account, region, name, replay.description, aws::name_of(replay.state), replay.archive,
      replay.source_arn, replay.destination_arn, text_of(replay.filter_arns), replay.event_start,
      replay.event_end, replay.up_to, replay.started_at);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome save_progress(sql::Transaction& tx, const Replay& replay) {
  return sql::without_count(
      tx.run("UPDATE events_replay SET state = $2, state_reason = $3, last_event_time = $4, "
             "last_event = $5, ended_at = $6 WHERE id = $1",
             replay.id, aws::name_of(replay.state), replay.state_reason, replay.last_event_time,
             replay.last_event, replay.ended_at));
}

Outcome note_waiting(sql::Transaction& tx, std::int64_t replay, std::int64_t event) {
  return sql::without_count(
      tx.run("INSERT INTO events_replayed_event (replay, event) VALUES ($1, $2)", replay, event));
}

Outcome forget_waiting(sql::Transaction& tx, std::int64_t replay, std::int64_t event) {
  return sql::without_count(
      tx.run("DELETE FROM events_replayed_event WHERE replay = $1 AND event = $2", replay, event));
}

Result<std::vector<std::int64_t>> waiting_of(sql::Snapshot& view, std::int64_t replay) {
  const auto rows =
      view.all("SELECT event FROM events_replayed_event WHERE replay = $1 ORDER BY event", replay);
  if (!rows) return rows.error();
  std::vector<std::int64_t> events;
  for (const auto& row : *rows) events.push_back(row.integer(0));
  return events;
}

Outcome remove_replay(sql::Transaction& tx, std::int64_t id) {
  const auto forgotten = tx.run("DELETE FROM events_replayed_event WHERE replay = $1", id);
  if (!forgotten) return forgotten.error();
  return sql::without_count(tx.run("DELETE FROM events_replay WHERE id = $1", id));
}

}  // namespace everseal::events::archives
