#include "services/logs/eraser.h"

#include <optional>
#include <string>

#include "jobs/jobs.h"
#include "services/logs/group_store.h"
#include "sql/without_count.h"

namespace everseal::logs {
namespace {

constexpr std::int64_t chunks_at_once = 200;  // of at most 64 KiB each, usually
constexpr int batches_a_run = 100;
constexpr std::chrono::milliseconds between_runs{50};

// How many rows went.
using Removed = Result<std::int64_t>;

struct Old {
  std::int64_t group;
  TimePoint before;
};

Result<std::vector<Old>> groups_with_old_events(sql::Snapshot& view, TimePoint now) {
  const auto rows = view.all(
      "SELECT id, retention_days FROM logs_group WHERE retention_days IS NOT NULL AND gone = 0 "
      "ORDER BY id");
  if (!rows) return rows.error();
  std::vector<Old> groups;
  for (const auto& row : *rows) {
    const TimePoint before = now - std::chrono::days{row.integer(1)};
    const auto oldest = view.one(
        "SELECT last_event FROM logs_chunk WHERE group_id = $1 AND last_event < $2 "
        "ORDER BY last_event LIMIT 1",
        row.integer(0), before);
    if (!oldest) return oldest.error();
    if (*oldest) groups.push_back({row.integer(0), before});
  }
  return groups;
}

Removed erase_old(sql::Transaction& tx, const Old& old) {
  const auto rows = tx.all(
      "SELECT id, octets FROM logs_chunk WHERE group_id = $1 AND last_event < $2 "
      "ORDER BY last_event LIMIT $3",
      old.group, old.before, chunks_at_once);
  if (!rows) return rows.error();
  std::int64_t octets = 0;
  for (const auto& row : *rows) {
    const auto gone = tx.run("DELETE FROM logs_chunk WHERE id = $1", row.integer(0));
    if (!gone) return gone.error();
    octets += row.integer(1);
  }
  if (const auto told = add_stored_octets(tx, old.group, -octets); !told) return told.error();
  return std::ssize(*rows);
}

// The chunks of one stream that is gone, and at last the stream.
Removed erase_stream(sql::Transaction& tx, std::int64_t stream) {
  const auto rows = tx.all(
      "SELECT id, octets, group_id FROM logs_chunk WHERE stream_id = $1 ORDER BY first_event, id "
      "LIMIT $2",
      stream, chunks_at_once);
  if (!rows) return rows.error();
  for (const auto& row : *rows) {
    const auto gone = tx.run("DELETE FROM logs_chunk WHERE id = $1", row.integer(0));
    if (!gone) return gone.error();
    const auto told = add_stored_octets(tx, row.integer(2), -row.integer(1));
    if (!told) return told.error();
  }
  if (std::ssize(*rows) == chunks_at_once) return chunks_at_once;
  const auto gone = tx.run("DELETE FROM logs_stream WHERE id = $1", stream);
  if (!gone) return gone.error();
  return std::ssize(*rows) + 1;
}

Removed erase_group(sql::Transaction& tx, std::int64_t group) {
  const auto tags = tx.run("DELETE FROM logs_tag WHERE group_id = $1", group);
  if (!tags) return tags.error();
  return tx.run("DELETE FROM logs_group WHERE id = $1", group);
}

// Something that is gone, or of a group that is.
Removed erase_some(sql::Transaction& tx) {
  const auto stream = tx.one("SELECT id FROM logs_stream WHERE gone = 1 LIMIT 1");
  if (!stream) return stream.error();
  if (*stream) return erase_stream(tx, (*stream)->integer(0));
  const auto group = tx.one("SELECT id FROM logs_group WHERE gone = 1 LIMIT 1");
  if (!group) return group.error();
  if (!*group) return 0;
  const auto member =
      tx.one("SELECT id FROM logs_stream WHERE group_id = $1 LIMIT 1", (*group)->integer(0));
  if (!member) return member.error();
  if (*member) return erase_stream(tx, (*member)->integer(0));
  return erase_group(tx, (*group)->integer(0));
}

}  // namespace

Outcome promise_erasing(sql::Transaction& tx, TimePoint now) {
  return jobs::add(tx,
                   {.kind = std::string(Eraser::gone_job), .key = {}, .due = now, .payload = {}});
}

Result<jobs::Verdict> Eraser::erase_expired(const jobs::Execution&) {
  const auto now = clock_.now();
  const auto groups =
      database_.read([&](sql::Snapshot& view) { return groups_with_old_events(view, now); });
  if (!groups) return groups.error();
  for (const auto& old : *groups) {
    for (std::int64_t count = chunks_at_once; count == chunks_at_once;) {
      const auto erased = database_.write([&](sql::Transaction& tx) { return erase_old(tx, old); });
      if (!erased) return erased.error();
      count = *erased;
    }
  }
  return jobs::Verdict::done();
}

Result<jobs::Verdict> Eraser::erase_gone(const jobs::Execution&) {
  for (int batch = 0; batch < batches_a_run; ++batch) {
    const auto erased = database_.write([&](sql::Transaction& tx) { return erase_some(tx); });
    if (!erased) return erased.error();
    if (*erased == 0) return jobs::Verdict::done();
  }
  return jobs::Verdict::postponed(clock_.now() + between_runs);
}

}  // namespace everseal::logs
