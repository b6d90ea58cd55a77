#include "services/acm/renewal.h"

#include <algorithm>
#include <utility>

#include "clock/time_text.h"
#include "services/acm/certificate_events.h"
#include "services/acm/certificate_store.h"
#include "services/acm/renewal_schedule.h"

namespace everseal::acm {

struct Renewal::Subject {
  Certificate certificate;
  bool in_use = false;

  RenewalFacts facts() const { return renewal_facts(certificate, in_use); }
};

Result<std::optional<Renewal::Subject>> Renewal::find(sql::Snapshot& view,
                                                      const std::string& arn) const {
  auto found = find_certificate(view, arn);
  if (!found) return found.error();
  if (!*found) return std::optional<Subject>{};
  const auto in_use = is_in_use(view, arn);
  if (!in_use) return in_use.error();
  return std::optional(Subject{*std::move(*found), *in_use});
}

Result<jobs::Verdict> Renewal::operator()(const jobs::Execution& job) const {
  const auto subject = database_.read([&](sql::Snapshot& view) { return find(view, job.key); });
  if (!subject) return subject.error();
  if (!*subject) return jobs::Verdict::done();
  const auto decision = decide((*subject)->facts(), clock_.now(), settings_);
  switch (decision.step) {
    case RenewalStep::Wait:
      return jobs::Verdict::again(decision.due);
    case RenewalStep::Attempt:
      return attempt(**subject);
    case RenewalStep::GiveUp:
      return give_up(**subject);
    default:
      return jobs::Verdict::done();
  }
}

Result<jobs::Verdict> Renewal::attempt(const Subject& subject) const {
  const auto fresh = issuing_.make(subject.certificate, CertificateOrder::Rights::Service);
  return fresh ? keep(subject, *fresh) : fail(subject, fresh.error());
}

template <class Change>
Result<bool> Renewal::unless_replaced(const Subject& subject, Change change) const {
  return database_.write([&](sql::Transaction& tx) -> Result<bool> {
    auto found = find_certificate(tx, subject.certificate.arn);
    if (!found) return found.error();
    const auto& serial = subject.certificate.facts->serial;
    const bool same = *found && (*found)->status == CertificateStatus::Issued && (*found)->facts &&
                      (*found)->facts->serial == serial;
    if (!same) return false;
    const Outcome changed = change(tx, *std::move(*found));
    if (!changed) return changed.error();
    return true;
  });
}

Result<jobs::Verdict> Renewal::keep(const Subject& subject, const Fresh& fresh) const {
  const auto& old = subject.certificate;
  const auto kept = unless_replaced(subject, [&](sql::Transaction& tx, Certificate now) {
    const auto began = now.renewal && now.renewal->status == RenewalStatus::PendingAutoRenewal
                           ? now.renewal->began_at
                           : fresh.issued_at;
    now.renewal = RenewalSummary{.status = RenewalStatus::Success,
                                 .reason = std::nullopt,
                                 .began_at = began,
                                 .updated_at = clock_.now()};
    now.facts = fresh.facts;
    const auto told =
        events_.tell(tx, news_of(now, RenewalNews::Kind::Completed, {}, fresh.issued_at));
    if (!told) return told;
    return issuing_.store(tx, std::move(now), fresh, Arrival::Renewal);
  });
  if (!kept) return kept.error();
  if (*kept) {
    log_.info("certificate.renewed", {{"certificate", old.arn},
                                      {"ca", old.ca_arn.value_or("")},
                                      {"serial", fresh.facts.serial},
                                      {"replaces", old.facts->serial},
                                      {"not_after", to_iso8601(fresh.facts.not_after)}});
    listener_.replaced(old.arn);
  }
  return jobs::Verdict::done();
}

Result<jobs::Verdict> Renewal::fail(const Subject& subject, const Refusal& refusal) const {
  const auto now = clock_.now();
  auto facts = subject.facts();
  if (facts.renewal_status != RenewalStatus::PendingAutoRenewal) facts.renewal_began_at = now;
  const auto next = next_attempt(facts, now, settings_);
  const auto recorded = unless_replaced(subject, [&](sql::Transaction& tx, Certificate changed) {
    changed.renewal = RenewalSummary{.status = RenewalStatus::PendingAutoRenewal,
                                     .reason = refusal.reason,
                                     .began_at = facts.renewal_began_at.value_or(now),
                                     .updated_at = now};
    const auto updated = update_certificate(tx, changed);
    return updated ? tell_failure(tx, subject, changed) : updated;
  });
  if (!recorded) return recorded.error();
  if (!*recorded) return jobs::Verdict::done();
  log_failure(subject, refusal, next);
  return jobs::Verdict::again(next);
}

Outcome Renewal::tell_failure(sql::Transaction& tx, const Subject& subject,
                              const Certificate& changed) const {
  const auto reason = *changed.renewal->reason;
  const auto now = changed.renewal->updated_at;
  const auto& before = subject.certificate.renewal;
  const bool is_known = before && before->reason == reason;
  if (!is_known) {
    const auto told =
        events_.tell(tx, news_of(changed, RenewalNews::Kind::NeedsAction, reason, now));
    if (!told) return told;
  }
  const auto& days = settings_.action_required_days;
  if (std::ranges::find(days, days_left(now, changed.facts->not_after)) == days.end()) return {};
  return events_.tell(tx, renewal_action_required(changed, reason, subject.in_use, now));
}

void Renewal::log_failure(const Subject& subject, const Refusal& refusal, TimePoint next) const {
  const auto& certificate = subject.certificate;
  const auto now = clock_.now();
  const auto not_after = certificate.facts->not_after;
  log_.warning("certificate.renewal_failed", {{"certificate", certificate.arn},
                                              {"ca", certificate.ca_arn.value_or("")},
                                              {"reason", aws::name_of(refusal.reason)},
                                              {"remedy", remedy(refusal.reason)},
                                              {"cause", refusal.message},
                                              {"not_after", to_iso8601(not_after)},
                                              {"next_attempt", to_iso8601(next)}});
  const auto& before = certificate.renewal;
  const auto previous = before && before->reason ? before->updated_at : now - std::chrono::hours{1};
  if (const auto days = notice_between(previous, now, not_after, settings_)) {
    log_.warning("certificate.ends_soon", {{"certificate", certificate.arn},
                                           {"days", *days},
                                           {"reason", aws::name_of(refusal.reason)},
                                           {"remedy", remedy(refusal.reason)}});
  }
}

Result<jobs::Verdict> Renewal::give_up(const Subject& subject) const {
  const auto now = clock_.now();
  const auto recorded = unless_replaced(subject, [&](sql::Transaction& tx, Certificate changed) {
    changed.renewal->status = RenewalStatus::Failed;
    changed.renewal->updated_at = now;
    return update_certificate(tx, changed);
  });
  if (!recorded) return recorded.error();
  if (*recorded) {
    const auto reason = subject.certificate.renewal->reason.value_or(FailureReason::Other);
    log_.error("certificate.ended", {{"certificate", subject.certificate.arn},
                                     {"reason", aws::name_of(reason)},
                                     {"remedy",
                                      "Request a new certificate: one that has ended is "
                                      "never renewed."}});
  }
  return jobs::Verdict::done();
}

}  // namespace everseal::acm
