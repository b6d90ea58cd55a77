#pragma once

#include "clock/clock.h"
#include "services/acm/certificate.h"
#include "services/acm/event_sink.h"

// ACM's events about a certificate that has been issued or imported: their types and their details.
namespace everseal::acm {

// What made a certificate available.
enum class Arrival { Issuance, Renewal, Import, Reimport };

Event available(const Certificate& certificate, Arrival arrival, bool in_use, TimePoint now);
Event approaching_expiration(const Certificate& certificate, TimePoint now);
Event expired(const Certificate& certificate, bool in_use, TimePoint now);
Event renewal_action_required(const Certificate& certificate, FailureReason reason, bool in_use,
                              TimePoint now);
Event revoked(const Certificate& certificate, TimePoint now);

RenewalNews news_of(const Certificate& certificate, RenewalNews::Kind kind,
                    std::optional<FailureReason> reason, TimePoint now);

// How many days are left, a day begun counted whole; 0 from the end on.
int days_left(TimePoint now, TimePoint not_after);

}  // namespace everseal::acm
