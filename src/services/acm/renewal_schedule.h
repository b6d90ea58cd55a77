#pragma once

#include <optional>

#include "clock/clock.h"
#include "services/acm/enums.h"
#include "services/acm/settings.h"

// When a certificate is renewed. Pure: facts and a time go in, a decision comes out.
namespace everseal::acm {

// When a private certificate that is issued now begins and ends, in whole seconds.
struct Validity {
  TimePoint not_before;
  TimePoint not_after;
};
Validity validity_from(TimePoint now, const Settings& settings);

// What the decision depends on.
struct RenewalFacts {
  CertificateType type = CertificateType::Private;
  CertificateStatus status = CertificateStatus::Issued;  // as stored: EXPIRED follows from the time
  TimePoint issued_at;
  TimePoint not_after;
  bool exported_since_issue = false;  // or since the last renewal
  bool in_use = false;                // by at least one resource
  std::optional<RenewalStatus> renewal_status;
  std::optional<TimePoint> renewal_began_at;  // the first attempt, or request, of this renewal
};

CertificateStatus status_at(TimePoint now, CertificateStatus stored,
                            std::optional<TimePoint> not_after);

// ELIGIBLE: a private, issued, unexpired certificate that somebody has, by export or by use.
RenewalEligibility eligibility(const RenewalFacts& facts, TimePoint now);

// From then on Everseal renews without being asked.
TimePoint window_start(TimePoint issued_at, TimePoint not_after, const Settings& settings);

// What to do with a certificate whose job is due.
enum class RenewalStep {
  Nothing,  // not renewable, or nobody has it: whoever exports or uses it later makes a new job
  Wait,     // come back at `due`
  Attempt,
  GiveUp,  // it ended while its renewal was pending: FAILED
};
struct RenewalDecision {
  RenewalStep step = RenewalStep::Nothing;
  TimePoint due;  // of Wait
};
RenewalDecision decide(const RenewalFacts& facts, TimePoint now, const Settings& settings);

// When to come back after an attempt that failed now: after the interval, at the end for the last
// time. A renewal that was asked for ahead of its window and does not succeed within the timeout
// waits for the window.
TimePoint next_attempt(const RenewalFacts& facts, TimePoint now, const Settings& settings);

// When a certificate that becomes eligible now is to be looked at.
TimePoint due_when_eligible(const RenewalFacts& facts, TimePoint now, const Settings& settings);

// Whether RenewCertificate must wait: an attempt was promised and has not ended. One that failed
// has, although its status stays PENDING_AUTO_RENEWAL: the caller may have mended the cause.
bool is_running(const RenewalFacts& facts, std::optional<FailureReason> reason, TimePoint now,
                const Settings& settings);

// The notice of so many days before the end that falls into (previous, now], if one does.
std::optional<int> notice_between(TimePoint previous, TimePoint now, TimePoint not_after,
                                  const Settings& settings);

// What an operator can do about it: a sentence for the log.
std::string_view remedy(FailureReason reason);

}  // namespace everseal::acm
