#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "services/acm/certificate.h"
#include "services/acm/certificate_store.h"
#include "services/acm/event_sink.h"
#include "services/acm/settings.h"
#include "sql/database.h"

namespace everseal::acm {

inline constexpr std::string_view kExpiryJob = "acm.expiry";  // the key: a certificate's ARN
inline constexpr std::string_view kExpiryPlanJob = "acm.expiry_plan";  // the key: account/region

// Promises the notices of a certificate that has just been issued, renewed or imported: from its
// new end on, whatever was promised before.
Outcome promise_expiry_notices(sql::Transaction& tx, const Certificate& certificate, TimePoint now,
                               const Settings& settings);

// Promises that the notices of all certificates of an account in a region are promised anew: it has
// just chosen another day to begin with.
Outcome promise_expiry_plan(sql::Transaction& tx, std::string_view account, std::string_view region,
                            TimePoint now);

// The job "acm.expiry", due once for each day that is left from the first on which the account
// wants to hear, and at the end: "Approaching Expiration" daily, "Expired", and for private
// certificates AWS Health's notices. A node that slept over several days tells of the day it is,
// once. A certificate that was renewed meanwhile has another end, and other notices.
class ExpiryNotices {
 public:
  ExpiryNotices(sql::Database& database, const Clock& clock, EventSink& events,
                const Settings& settings)
      : database_(database), clock_(clock), events_(events), settings_(settings) {}

  Result<jobs::Verdict> operator()(const jobs::Execution& job) const;

 private:
  Result<jobs::Verdict> tell(sql::Transaction& tx, const Certificate& certificate,
                             TimePoint due) const;
  Outcome tell_days(sql::Transaction& tx, const Certificate& certificate, int wanted_days,
                    TimePoint due) const;
  Outcome tell_end(sql::Transaction& tx, const Certificate& certificate) const;

  sql::Database& database_;
  const Clock& clock_;
  EventSink& events_;
  const Settings& settings_;
};

// The job "acm.expiry_plan". Some hundred certificates to a transaction; safe to run twice.
class ExpiryPlan {
 public:
  ExpiryPlan(sql::Database& database, const Clock& clock, const Settings& settings)
      : database_(database), clock_(clock), settings_(settings) {}

  Result<jobs::Verdict> operator()(const jobs::Execution& job) const;

 private:
  struct Home {
    std::string account;
    std::string region;
  };
  // The last certificate of the page; nothing behind the last page.
  Result<std::optional<ListPosition>> plan_page(const Home& home,
                                                const std::optional<ListPosition>& after) const;

  sql::Database& database_;
  const Clock& clock_;
  const Settings& settings_;
};

}  // namespace everseal::acm
