#include "services/acmpca/revocation/bulk_revoker.h"

#include "jobs/jobs.h"
#include "services/acmpca/announcing/announcements.h"
#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/crl/promise.h"
#include "services/acmpca/model/errors.h"
#include "services/acmpca/revocation/revoking.h"

namespace everseal::acmpca {
namespace {

constexpr std::size_t batch = 250;            // holds up other writers for some 20 ms
constexpr std::chrono::seconds at_a_time{2};  // then others have their turn, or the program ends

Fault as_fault(const ApiError& error) {
  return Fault::unavailable(error.message + ' ' + error.cause);
}

}  // namespace

Outcome BulkRevoker::promise(sql::Transaction& tx, const Authority& authority, TimePoint now) {
  return jobs::add(
      tx, {.kind = std::string(job_kind), .key = authority.arn.text(), .due = now, .payload = {}});
}

Result<jobs::Verdict> BulkRevoker::revoke_some(const jobs::Execution& execution) {
  const Stopwatch watch;
  while (watch.elapsed() < at_a_time) {
    const auto bulk =
        database_.write([&](sql::Transaction& tx) { return do_batch(tx, execution.key); });
    if (!bulk) return bulk.error();
    if (!*bulk) return jobs::Verdict::done();
    if (!(*bulk)->ended_at) continue;
    tell(execution.key, **bulk);
    return jobs::Verdict::done();
  }
  return jobs::Verdict::again(clock_.now());
}

Result<std::optional<BulkRevoker::Work>> BulkRevoker::find(sql::Snapshot& view,
                                                           const std::string& arn) const {
  auto authority = find_authority(view, arn, clock_.now());
  if (!authority) return authority.error();
  if (!*authority) return std::optional<Work>{};
  auto bulk = find_bulk_revocation(view, (*authority)->id);
  if (!bulk) return bulk.error();
  if (!*bulk || (*bulk)->ended_at) return std::optional<Work>{};
  return std::optional(Work{**std::move(authority), **std::move(bulk)});
}

// How far it is afterwards; nothing if there is nothing to do.
Result<std::optional<BulkRevocation>> BulkRevoker::do_batch(sql::Transaction& tx,
                                                            const std::string& arn) {
  const auto work = find(tx, arn);
  if (!work) return work.error();
  if (!*work) return std::optional<BulkRevocation>{};
  const auto& authority = (*work)->authority;
  auto bulk = (*work)->bulk;
  const auto now = clock_.now();
  const bool may = may_revoke(authority.status(now));
  const auto candidates = next_candidates(tx, bulk, may ? batch : 0);
  if (!candidates) return candidates.error();
  for (const auto& candidate : *candidates) {
    const auto done = revoke_one(tx, authority, candidate, bulk, now);
    if (!done) return done.error();
  }
  if (candidates->size() < batch) {
    bulk.ended_at = now;
    if (const auto done = promise_crls(tx, authority, now); !done) return done.error();
  }
  if (const auto done = store(tx, bulk); !done) return done.error();
  return std::optional(std::move(bulk));
}

// Or counts why not.
Outcome BulkRevoker::revoke_one(sql::Transaction& tx, const Authority& authority,
                                const Candidate& candidate, BulkRevocation& bulk,
                                TimePoint now) const {
  bulk.last_serial = candidate.serial;
  if (candidate.is_revoked) {
    ++bulk.revoked_before;
    return {};
  }
  const auto serial = x509::SerialNumber::from_octets(candidate.serial);
  if (!serial) return serial.error();
  const auto crl_due = now + settings_.bulk_crl_interval;
  const auto done = revoke(tx, authority, *serial, bulk.reason, now, crl_due);
  if (!done && !is_invalid_request(done.error())) return as_fault(done.error());
  ++(done ? bulk.revoked : bulk.skipped);
  if (!done) return {};
  const auto arn = certificate_arn(authority.arn, candidate.serial);
  return announcer_.announce(tx, certificate_revoked(authority.arn, arn, now));
}

void BulkRevoker::tell(const std::string& arn, const BulkRevocation& bulk) {
  log_.warning("bulk_revocation.ended", {{"ca", arn},
                                         {"reason", aws::name_of(bulk.reason)},
                                         {"requested_by", bulk.requested_by},
                                         {"certificates", bulk.certificates},
                                         {"revoked", bulk.revoked},
                                         {"revoked_before", bulk.revoked_before},
                                         {"skipped", bulk.skipped}});
}

}  // namespace everseal::acmpca
