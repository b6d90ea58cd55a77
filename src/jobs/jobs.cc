#include "jobs/jobs.h"

#include <charconv>
#include <string>

namespace everseal::jobs {
namespace {

constexpr std::size_t kLargestPayload = 65536;

// A job that runs keeps its lease; its new due time waits in next_due until the run has ended.
constexpr std::string_view kAdd =
    "INSERT INTO jobs_job (kind, key, due, ready_at, leased, claims, attempts, payload) "
    "VALUES ($1, $2, $3, $3, 0, 0, 0, $4) "
    "ON CONFLICT (kind, key) DO UPDATE SET "
    "payload = excluded.payload, attempts = 0, "
    "due = CASE WHEN jobs_job.leased = 0 AND excluded.due < jobs_job.due "
    "THEN excluded.due ELSE jobs_job.due END, "
    "ready_at = CASE WHEN jobs_job.leased = 0 AND excluded.due < jobs_job.due "
    "THEN excluded.due ELSE jobs_job.ready_at END, "
    "next_due = CASE WHEN jobs_job.leased = 0 THEN NULL "
    "WHEN jobs_job.next_due < excluded.due THEN jobs_job.next_due ELSE excluded.due END";

constexpr std::string_view kReschedule =
    "INSERT INTO jobs_job (kind, key, due, ready_at, leased, claims, attempts, payload) "
    "VALUES ($1, $2, $3, $3, 0, 0, 0, $4) "
    "ON CONFLICT (kind, key) DO UPDATE SET "
    "payload = excluded.payload, attempts = 0, "
    "due = CASE WHEN jobs_job.leased = 0 THEN excluded.due ELSE jobs_job.due END, "
    "ready_at = CASE WHEN jobs_job.leased = 0 THEN excluded.due ELSE jobs_job.ready_at END, "
    "next_due = CASE WHEN jobs_job.leased = 0 THEN NULL ELSE excluded.due END";

Outcome promise(sql::Transaction& tx, std::string_view statement, const Job& job) {
  if (job.payload.size() > kLargestPayload) {
    return Fault::malformed("job " + job.kind + ": its payload exceeds 64 KiB");
  }
  const auto done = tx.run(statement, job.kind, job.key, job.due, job.payload);
  if (!done) return done.error();
  tx.announce(kTopic, to_millis(job.due));
  return {};
}

}  // namespace

std::int64_t id_in(std::string_view key) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
  return error == std::errc{} && end == key.data() + key.size() ? id : 0;
}

Outcome add(sql::Transaction& tx, const Job& job) { return promise(tx, kAdd, job); }

Outcome reschedule(sql::Transaction& tx, const Job& job) { return promise(tx, kReschedule, job); }

Outcome cancel(sql::Transaction& tx, std::string_view kind, std::string_view key) {
  const auto done = tx.run("DELETE FROM jobs_job WHERE kind = $1 AND key = $2", kind, key);
  if (!done) return done.error();
  return {};
}

}  // namespace everseal::jobs
