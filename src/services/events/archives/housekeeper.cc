#include "services/events/archives/housekeeper.h"

#include <limits>
#include <optional>
#include <string>

#include "sql/without_count.h"

namespace everseal::events::archives {
namespace {

constexpr std::int64_t kTogether = 500;  // events in one transaction
// Of an archive that is deleted nothing is kept.
constexpr auto kEverything = std::numeric_limits<std::int64_t>::max();

// How many of those that were kept until then, `kTogether` at most.
Result<std::int64_t> remove_oldest(sql::Transaction& tx, std::int64_t archive,
                                   std::int64_t kept_until) {
  const auto rows = tx.all(
      "DELETE FROM events_archived_event WHERE seq IN (SELECT seq FROM "
      "events_archived_event WHERE archive = $1 AND kept_at <= $2 ORDER BY kept_at LIMIT $3) "
      "RETURNING octets",
      archive, kept_until, kTogether);
  if (!rows) return rows.error();
  const auto count = static_cast<std::int64_t>(rows->size());
  std::int64_t octets = 0;
  for (const auto& row : *rows) octets += row.integer(0);
  const auto counted = tx.run(
      "UPDATE events_archive SET event_count = event_count - $2, "
      "size_octets = size_octets - $3 WHERE id = $1",
      archive, count, octets);
  if (!counted) return counted.error();
  return count;
}

Result<std::optional<TimePoint>> oldest(sql::Snapshot& view, std::int64_t archive) {
  const auto row = view.one(
      "SELECT kept_at FROM events_archived_event WHERE archive = $1 ORDER BY kept_at LIMIT 1",
      archive);
  if (!row) return row.error();
  return *row ? std::optional((*row)->time(0)) : std::nullopt;
}

// When there is more to do.
Result<jobs::Verdict> tidy(sql::Transaction& tx, std::int64_t id, TimePoint now) {
  const auto archive = find_archive(tx, id);
  if (!archive) return archive.error();
  if (*archive && (*archive)->retention_days == 0) return jobs::Verdict::done();
  const auto until = *archive ? to_millis(now - retention_of(**archive)) : kEverything;
  const auto removed = remove_oldest(tx, id, until);
  if (!removed) return removed.error();
  if (*removed == kTogether) return jobs::Verdict::unfinished(now);
  if (!*archive) return jobs::Verdict::done();
  const auto next = oldest(tx, id);
  if (!next) return next.error();
  return *next ? jobs::Verdict::again(**next + retention_of(**archive)) : jobs::Verdict::done();
}

}  // namespace

std::chrono::days retention_of(const Archive& archive) {
  return std::chrono::days{archive.retention_days};
}

jobs::Job housekeeping_of(std::int64_t archive, TimePoint due) {
  return {.kind = std::string(kHousekeepingJob),
          .key = std::to_string(archive),
          .due = due,
          .payload = {}};
}

Result<jobs::Verdict> Housekeeper::run(const jobs::Execution& job) const {
  const auto archive = jobs::id_in(job.key);
  return database_.write([&](sql::Transaction& tx) { return tidy(tx, archive, clock_.now()); });
}

}  // namespace everseal::events::archives
