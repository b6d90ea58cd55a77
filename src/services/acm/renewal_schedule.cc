#include "services/acm/renewal_schedule.h"

#include <algorithm>

namespace everseal::acm {

namespace {

using std::chrono::days;

bool is_pending(const RenewalFacts& facts) {
  return facts.renewal_status == RenewalStatus::PendingAutoRenewal;
}

bool is_renewable(const RenewalFacts& facts) {
  return facts.type == CertificateType::Private && facts.status == CertificateStatus::Issued;
}

// The same day of a later month, or its last day if it has no such day; the same time of day.
TimePoint plus_months(TimePoint time, std::chrono::months months) {
  const auto midnight = std::chrono::floor<days>(time);
  auto date = std::chrono::year_month_day{midnight} + months;
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return std::chrono::sys_days{date} + (time - midnight);
}

}  // namespace

Validity validity_from(TimePoint now, const Settings& settings) {
  const TimePoint second = std::chrono::floor<std::chrono::seconds>(now);
  return {.not_before = second - settings.backdating,
          .not_after = plus_months(second, settings.validity)};
}

CertificateStatus status_at(TimePoint now, CertificateStatus stored,
                            std::optional<TimePoint> not_after) {
  const bool over = stored == CertificateStatus::Issued && not_after && now >= *not_after;
  return over ? CertificateStatus::Expired : stored;
}

RenewalEligibility eligibility(const RenewalFacts& facts, TimePoint now) {
  const bool held = facts.exported_since_issue || facts.in_use;
  return is_renewable(facts) && now < facts.not_after && held ? RenewalEligibility::Eligible
                                                              : RenewalEligibility::Ineligible;
}

TimePoint window_start(TimePoint issued_at, TimePoint not_after, const Settings& settings) {
  const std::chrono::milliseconds third = (not_after - issued_at) / 3;
  return not_after - std::min<std::chrono::milliseconds>(settings.renewal_window, third);
}

RenewalDecision decide(const RenewalFacts& facts, TimePoint now, const Settings& settings) {
  if (!is_renewable(facts)) return {};
  if (now >= facts.not_after) {
    return {is_pending(facts) ? RenewalStep::GiveUp : RenewalStep::Nothing, {}};
  }
  if (eligibility(facts, now) == RenewalEligibility::Ineligible) {
    if (!is_pending(facts)) return {};
    return {RenewalStep::Wait, facts.not_after};
  }
  const auto start = window_start(facts.issued_at, facts.not_after, settings);
  if (now < start && !is_pending(facts)) return {RenewalStep::Wait, start};
  return {RenewalStep::Attempt, {}};
}

TimePoint next_attempt(const RenewalFacts& facts, TimePoint now, const Settings& settings) {
  const auto next = std::min<TimePoint>(now + settings.renewal_interval, facts.not_after);
  const auto start = window_start(facts.issued_at, facts.not_after, settings);
  const auto began = facts.renewal_began_at.value_or(now);
  const bool timed_out = next - began > settings.attempt_timeout;
  return timed_out ? std::max(next, start) : next;
}

TimePoint due_when_eligible(const RenewalFacts& facts, TimePoint now, const Settings& settings) {
  return std::max(now, window_start(facts.issued_at, facts.not_after, settings));
}

bool is_running(const RenewalFacts& facts, std::optional<FailureReason> reason, TimePoint now,
                const Settings& settings) {
  if (!is_pending(facts) || reason) return false;
  return now - facts.renewal_began_at.value_or(now) < settings.attempt_timeout;
}

std::optional<int> notice_between(TimePoint previous, TimePoint now, TimePoint not_after,
                                  const Settings& settings) {
  std::optional<int> latest;
  for (const int before : settings.notice_days) {
    const TimePoint moment = not_after - days{before};
    if (moment > previous && moment <= now && (!latest || before < *latest)) latest = before;
  }
  return latest;
}

std::string_view remedy(FailureReason reason) {
  switch (reason) {
    case FailureReason::PcaLimitExceeded:
      return "Try again later, or raise the quota of the CA.";
    case FailureReason::PcaInvalidArn:
      return "Request a new certificate with the ARN of a CA in this region.";
    case FailureReason::PcaInvalidState:
      return "Make the CA ACTIVE: install its certificate, enable it, restore it, or install a new "
             "certificate if its own has ended.";
    case FailureReason::PcaRequestFailed:
      return "It is tried again; see the log for what failed below.";
    case FailureReason::PcaNameConstraintsValidation:
      return "Request a new certificate with names that the CA's name constraints permit.";
    case FailureReason::PcaResourceNotFound:
      return "The CA is gone: create a new one and request a new certificate from it.";
    case FailureReason::PcaInvalidArgs:
      return "Request a certificate whose key algorithm is of the family of the CA's key, from a "
             "GENERAL_PURPOSE CA.";
    case FailureReason::PcaInvalidDuration:
      return "Install a CA certificate that ends later than the certificates it is to issue.";
    case FailureReason::PcaAccessDenied:
      return "Allow it: acm-pca create-permission --principal acm.amazonaws.com --actions "
             "IssueCertificate GetCertificate ListPermissions.";
    case FailureReason::SlrNotFound:
      return "Create the service-linked role AWSServiceRoleForCertificateManager again.";
    default:
      return "See the log for what failed below.";
  }
}

}  // namespace everseal::acm
