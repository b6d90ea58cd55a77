#include "services/events/archives/kept_events.h"

#include "clock/time_text.h"
#include "jobs/jobs.h"
#include "services/events/archives/housekeeper.h"
#include "services/events/json/json.h"
#include "services/events/pattern/pattern.h"
#include "sql/without_count.h"

namespace everseal::events::archives {
namespace {

Result<bool> wants(const Archive& archive, const json::Value& event) {
  if (!archive.event_pattern) return true;
  const auto pattern = Pattern::compile(*archive.event_pattern);
  if (!pattern) return Fault::broken("a stored archive: " + pattern.error().reason);
  return pattern->matches(event);
}

TimePoint time_of(const json::Value& event, TimePoint otherwise) {
  const auto* time = event.find("time");
  if (time == nullptr) return otherwise;
  const auto parsed = parse_iso8601(time->text);
  return parsed ? *parsed : otherwise;
}

Outcome add(sql::Transaction& tx, const Archive& archive, const KeptEvent& event, TimePoint now) {
  const auto added = tx.run(
      "INSERT INTO events_archived_event (archive, happened_at, kept_at, id, resource, body, "
      "octets) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      archive.id, event.happened_at, now, event.id, event.resource, event.body, event.body.size());
  if (!added) return added.error();
  return sql::without_count(
      tx.run("UPDATE events_archive SET event_count = event_count + 1, "
             "size_octets = size_octets + $2 WHERE id = $1",
             archive.id, event.body.size()));
}

// Of an archive that keeps something already, it is promised.
Outcome promise_housekeeping(sql::Transaction& tx, const Archive& archive, TimePoint now) {
  if (archive.retention_days == 0 || archive.event_count > 0) return {};
  return jobs::add(tx, housekeeping_of(archive.id, now + retention_of(archive)));
}

}  // namespace

Outcome keep(sql::Transaction& tx, const std::vector<Archive>& archives, const KeptEvent& event,
             TimePoint now) {
  if (archives.empty()) return {};
  const auto parsed = json::parse(event.body);
  if (!parsed || parsed->find(kReplayName) != nullptr) return {};
  auto kept = event;
  kept.happened_at = time_of(*parsed, now);
  for (const auto& archive : archives) {
    const auto wanted = wants(archive, *parsed);
    if (!wanted) return wanted.error();
    if (!*wanted) continue;
    if (const auto added = add(tx, archive, kept, now); !added) return added;
    if (const auto promised = promise_housekeeping(tx, archive, now); !promised) return promised;
  }
  return {};
}

Result<std::int64_t> last_kept(sql::Snapshot& view) {
  const auto row = view.one("SELECT seq FROM events_archived_event ORDER BY seq DESC LIMIT 1");
  if (!row) return row.error();
  return *row ? (*row)->integer(0) : 0;
}

Result<std::vector<KeptEvent>> next_kept(sql::Snapshot& view, const Span& span,
                                         std::int64_t limit) {
  const auto rows = view.all(
      "SELECT seq, happened_at, id, resource, body FROM events_archived_event "
      "WHERE archive = $1 AND (happened_at, seq) > ($2, $3) AND happened_at <= $4 AND seq <= $5 "
      "ORDER BY happened_at, seq LIMIT $6",
      span.archive, span.from, span.after_seq, span.to, span.up_to, limit);
  if (!rows) return rows.error();
  std::vector<KeptEvent> events;
  for (const auto& row : *rows)
    events.push_back({.seq = row.integer(0),
                      .happened_at = row.time(1),
                      .id = row.text(2),
                      .resource = row.text(3),
                      .body = row.text(4)});
  return events;
}

}  // namespace everseal::events::archives
