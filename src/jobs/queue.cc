#include "jobs/queue.h"

#include <utility>

namespace everseal::jobs {
namespace {

Result<std::optional<Ready>> earliest_of(sql::Snapshot& view, const std::string& kind,
                                         const std::function<bool(const Ready&)>& skip) {
  std::optional<Ready> found;
  const auto done =
      view.each("SELECT ready_at, key, claims FROM jobs_job WHERE kind = $1 ORDER BY ready_at, key",
                {kind}, [&](const sql::Row& row) {
                  Ready job{kind, row.text(1), row.time(0), row.integer(2)};
                  if (skip(job)) return true;
                  found = std::move(job);
                  return false;
                });
  if (!done) return done.error();
  return found;
}

// Promised anew while it ran: it runs again at that time.
constexpr std::string_view kKeepNext =
    "UPDATE jobs_job SET due = next_due, ready_at = next_due, next_due = NULL, leased = 0, "
    "attempts = 0 WHERE kind = $1 AND key = $2 AND claims = $3 AND leased = 1 "
    "AND next_due IS NOT NULL";

constexpr std::string_view kRemove =
    "DELETE FROM jobs_job WHERE kind = $1 AND key = $2 AND claims = $3 AND leased = 1";

constexpr std::string_view kAgain =
    "UPDATE jobs_job SET leased = 0, attempts = 0, next_due = NULL, "
    "due = CASE WHEN next_due < $4 THEN next_due ELSE $4 END, "
    "ready_at = CASE WHEN next_due < $4 THEN next_due ELSE $4 END "
    "WHERE kind = $1 AND key = $2 AND claims = $3 AND leased = 1";

// A later promise stays beside the next attempt.
constexpr std::string_view kRetry =
    "UPDATE jobs_job SET leased = 0, attempts = attempts + 1, "
    "due = CASE WHEN next_due <= $4 THEN next_due ELSE $4 END, "
    "ready_at = CASE WHEN next_due <= $4 THEN next_due ELSE $4 END, "
    "next_due = CASE WHEN next_due <= $4 THEN NULL ELSE next_due END "
    "WHERE kind = $1 AND key = $2 AND claims = $3 AND leased = 1";

Outcome only(const Result<std::int64_t>& changed) {
  if (!changed) return changed.error();
  return {};
}

}  // namespace

Result<std::optional<Ready>> earliest(sql::Snapshot& view, const std::vector<std::string>& kinds,
                                      const std::function<bool(const Ready&)>& skip) {
  std::optional<Ready> first;
  for (const auto& kind : kinds) {
    auto found = earliest_of(view, kind, skip);
    if (!found) return found.error();
    if (*found && (!first || (*found)->at < first->at)) first = **std::move(found);
  }
  return first;
}

Result<std::map<std::string, std::int64_t>> count_waiting(sql::Snapshot& view,
                                                          const std::vector<std::string>& kinds,
                                                          TimePoint now) {
  std::map<std::string, std::int64_t> counts;
  for (const auto& kind : kinds) {
    const auto row = view.one(
        "SELECT count(*) FROM (SELECT key FROM jobs_job WHERE kind = $1 AND ready_at <= $2 "
        "LIMIT 10000) AS waiting",
        kind, now);
    if (!row) return row.error();
    counts[kind] = (*row)->integer(0);
  }
  return counts;
}

// A job that is still leased was left by a runner that died: that was an attempt.
Result<std::optional<Leased>> lease(sql::Transaction& tx, const Ready& job, TimePoint until) {
  const auto taken = tx.run(
      "UPDATE jobs_job SET ready_at = $5, claims = claims + 1, "
      "attempts = attempts + leased, leased = 1 "
      "WHERE kind = $1 AND key = $2 AND ready_at = $3 AND claims = $4",
      job.kind, job.key, job.at, job.claims, until);
  if (!taken) return taken.error();
  if (*taken == 0) return std::optional<Leased>();
  const auto row =
      tx.one("SELECT payload, due, attempts FROM jobs_job WHERE kind = $1 AND key = $2", job.kind,
             job.key);
  if (!row) return row.error();
  if (!*row) return Fault::broken("jobs: a leased job is not there");
  return std::optional(Leased{{job.kind, job.key, (*row)->text(0), (*row)->time(1),
                               static_cast<int>((*row)->integer(2)) + 1},
                              job.claims + 1});
}

Outcome finish(sql::Transaction& tx, const Ended& ended) {
  const auto& [execution, claims] = ended.job;
  if (ended.next) {
    return only(
        tx.run(ended.failed ? kRetry : kAgain, execution.kind, execution.key, claims, *ended.next));
  }
  const auto kept = tx.run(kKeepNext, execution.kind, execution.key, claims);
  if (!kept) return kept.error();
  if (*kept == 1) return {};
  return only(tx.run(kRemove, execution.kind, execution.key, claims));
}

Outcome release_all(sql::Transaction& tx) {
  return only(
      tx.run("UPDATE jobs_job SET leased = 0, ready_at = due, attempts = attempts + 1 "
             "WHERE leased = 1"));
}

Outcome plant(sql::Transaction& tx, const std::string& kind, TimePoint now, TimePoint latest) {
  const auto moved = tx.run(
      "UPDATE jobs_job SET due = $2, ready_at = $2 "
      "WHERE kind = $1 AND key = '' AND leased = 0 AND due > $2",
      kind, latest);
  if (!moved) return moved.error();
  return only(
      tx.run("INSERT INTO jobs_job (kind, key, due, ready_at, leased, claims, attempts, payload) "
             "VALUES ($1, '', $2, $2, 0, 0, 0, '') ON CONFLICT (kind, key) DO NOTHING",
             kind, now));
}

}  // namespace everseal::jobs
