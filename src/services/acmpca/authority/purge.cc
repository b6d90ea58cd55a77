#include "services/acmpca/authority/purge.h"

#include "jobs/jobs.h"
#include "services/acmpca/authority/authority_store.h"

namespace everseal::acmpca {

Outcome promise_purge(sql::Transaction& tx, const Authority& deleted) {
  return jobs::reschedule(tx, {.kind = std::string(purge_kind),
                               .key = deleted.arn.text(),
                               .due = *deleted.restorable_until,
                               .payload = {}});
}

Outcome withdraw_purge(sql::Transaction& tx, const Authority& restored) {
  return jobs::cancel(tx, purge_kind, restored.arn.text());
}

Result<jobs::Verdict> run_purge(sql::Database& database, const Clock& clock, Log& log,
                                keys::KeyStore& key_store, const jobs::Execution& execution) {
  const auto now = clock.now();
  std::optional<Bytes> erased;
  auto verdict = database.write([&](sql::Transaction& tx) -> Result<jobs::Verdict> {
    erased.reset();
    const auto deleted = find_deleted(tx, execution.key);
    if (!deleted) return deleted.error();
    if (!*deleted) return jobs::Verdict::done();
    if (!(*deleted)->is_gone(now)) return jobs::Verdict::again(*(*deleted)->restorable_until);
    if (const auto done = purge(tx, **deleted, now); !done) return done.error();
    erased = (*deleted)->key_handle;
    return jobs::Verdict::done();
  });
  if (!verdict || !erased) return verdict;
  key_store.forget(*erased, execution.key);
  log.info("authority.purged", {{"ca", execution.key}});
  return verdict;
}

}  // namespace everseal::acmpca
