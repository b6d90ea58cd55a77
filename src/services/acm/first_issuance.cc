#include "services/acm/first_issuance.h"

#include "services/acm/certificate_store.h"
#include "services/acm/renewal_schedule.h"

namespace everseal::acm {

namespace {

bool is_pending(const std::optional<Certificate>& certificate) {
  return certificate && certificate->status == CertificateStatus::PendingValidation;
}

// Changes the certificate if it is still there and pending; says whether it was.
template <class Change>
Result<bool> while_pending(sql::Database& database, const std::string& arn, Change change) {
  return database.write([&](sql::Transaction& tx) -> Result<bool> {
    const auto found = find_certificate(tx, arn);
    if (!found) return found.error();
    if (!is_pending(*found)) return false;
    const Outcome changed = change(tx, **found);
    if (!changed) return changed.error();
    return true;
  });
}

}  // namespace

Result<jobs::Verdict> FirstIssuance::operator()(const jobs::Execution& job) const {
  const auto found =
      database_.read([&](sql::Snapshot& view) { return find_certificate(view, job.key); });
  if (!found) return found.error();
  if (!is_pending(*found)) return jobs::Verdict::done();
  const auto fresh = issuing_.make(**found, CertificateOrder::Rights::Caller);
  return fresh ? keep(**found, *fresh) : fail(**found, fresh.error());
}

Result<jobs::Verdict> FirstIssuance::keep(const Certificate& certificate,
                                          const Fresh& fresh) const {
  const auto kept =
      while_pending(database_, certificate.arn, [&](sql::Transaction& tx, const Certificate& now) {
        return issuing_.store(tx, now, fresh, Arrival::Issuance);
      });
  if (!kept) return kept.error();
  if (*kept) {
    log_.info("certificate.issued", {{"certificate", certificate.arn},
                                     {"ca", certificate.ca_arn.value_or("")},
                                     {"serial", fresh.facts.serial}});
  }
  return jobs::Verdict::done();
}

Result<jobs::Verdict> FirstIssuance::fail(const Certificate& certificate,
                                          const Refusal& refusal) const {
  const auto next = clock_.now() + settings_.issuance_interval;
  const bool may_pass = refusal.reason == FailureReason::PcaRequestFailed &&
                        next - certificate.created_at <= settings_.attempt_timeout;
  log_.warning("certificate.issuance_failed", {{"certificate", certificate.arn},
                                               {"ca", certificate.ca_arn.value_or("")},
                                               {"reason", aws::name_of(refusal.reason)},
                                               {"remedy", remedy(refusal.reason)},
                                               {"cause", refusal.message},
                                               {"tried_again", may_pass}});
  if (may_pass) return jobs::Verdict::again(next);
  const auto failed =
      while_pending(database_, certificate.arn, [&](sql::Transaction& tx, Certificate now) {
        now.status = CertificateStatus::Failed;
        now.failure_reason = refusal.reason;
        return update_certificate(tx, now);
      });
  if (!failed) return failed.error();
  return jobs::Verdict::done();
}

}  // namespace everseal::acm
