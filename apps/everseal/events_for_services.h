#pragma once

#include "clock/clock.h"
#include "log/log.h"
#include "random/random.h"
#include "services/acm/event_sink.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/acmpca/watchdog/event_sink.h"
#include "services/health/desk.h"
#include "services/health/message.h"
#include "sql/database.h"

namespace everseal::app {

// EventBridge's default buses, as AWS Health wants them.
class EventsOfHealth final : public health::EventSink {
 public:
  EventsOfHealth(Random& random, const Clock& clock) : random_(random), clock_(clock) {}

  Outcome tell(sql::Transaction& tx, const health::Event& event) override;

 private:
  Random& random_;
  const Clock& clock_;
};

// EventBridge's default buses and AWS Health, as ACM wants them.
class EventsOfAcm final : public acm::EventSink {
 public:
  EventsOfAcm(Random& random, const Clock& clock, const health::Desk& desk)
      : random_(random), clock_(clock), desk_(desk) {}

  Outcome tell(sql::Transaction& tx, const acm::Event& event) override;
  Outcome tell(sql::Transaction& tx, const acm::RenewalNews& news) override;

 private:
  Random& random_;
  const Clock& clock_;
  const health::Desk& desk_;
};

// EventBridge's default buses, as Private CA wants them.
class EventsOfPrivateCa final : public acmpca::Announcer {
 public:
  EventsOfPrivateCa(Random& random, const Clock& clock) : random_(random), clock_(clock) {}

  Outcome announce(sql::Transaction& tx, const acmpca::Announcement& announcement) override;

 private:
  Random& random_;
  const Clock& clock_;
};

// What the watchdog over CRLs and OCSP finds: an error in the log, for a person must act, and an
// event of the source everseal.acm-pca.
class Alarms final : public acmpca::EventSink {
 public:
  Alarms(sql::Database& database, Random& random, const Clock& clock, Log& log)
      : database_(database), random_(random), clock_(clock), log_(log) {}

  void tell(const acmpca::Event& event) override;

 private:
  sql::Database& database_;
  Random& random_;
  const Clock& clock_;
  Log& log_;
};

}  // namespace everseal::app
