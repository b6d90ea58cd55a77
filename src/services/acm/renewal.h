#pragma once

#include <string>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "services/acm/event_sink.h"
#include "services/acm/issuing.h"
#include "services/acm/renewal_listener.h"
#include "services/acm/settings.h"
#include "sql/database.h"

namespace everseal::acm {

// The job "acm.renew", due when a certificate's renewal window begins, when somebody asks, or when
// a certificate in its window becomes eligible. Makes a new key and orders a certificate on the
// service's own rights; in one transaction the certificate and key are replaced, the log has its
// leaf, RenewalSummary says SUCCESS and the next renewal is promised. A failure keeps the old
// certificate, sets RenewalStatusReason and comes back. Safe to run twice: whoever comes second
// finds another serial than it began with and stores nothing.
class Renewal {
 public:
  Renewal(sql::Database& database, const Clock& clock, Log& log, const Issuing& issuing,
          RenewalListener& listener, EventSink& events, const Settings& settings)
      : database_(database),
        clock_(clock),
        log_(log),
        issuing_(issuing),
        listener_(listener),
        events_(events),
        settings_(settings) {}

  Result<jobs::Verdict> operator()(const jobs::Execution& job) const;

 private:
  struct Subject;  // a certificate and whether it is in use, at one moment
  Result<std::optional<Subject>> find(sql::Snapshot& view, const std::string& arn) const;
  Result<jobs::Verdict> attempt(const Subject& subject) const;
  Result<jobs::Verdict> keep(const Subject& subject, const Fresh& fresh) const;
  Result<jobs::Verdict> fail(const Subject& subject, const Refusal& refusal) const;
  Result<jobs::Verdict> give_up(const Subject& subject) const;
  // Changes the certificate if it still has the serial that this run began with.
  template <class Change>
  Result<bool> unless_replaced(const Subject& subject, Change change) const;
  // The event and the news of a failure; `changed` has its reason already.
  Outcome tell_failure(sql::Transaction& tx, const Subject& subject,
                       const Certificate& changed) const;
  void log_failure(const Subject& subject, const Refusal& refusal, TimePoint next) const;

  sql::Database& database_;
  const Clock& clock_;
  Log& log_;
  const Issuing& issuing_;
  RenewalListener& listener_;
  EventSink& events_;
  const Settings& settings_;
};

}  // namespace everseal::acm
