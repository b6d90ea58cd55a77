#pragma once

#include <string_view>

#include "clock/clock.h"
#include "log/log.h"
#include "random/random.h"
#include "services/acm/event_sink.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/acmpca/watchdog/event_sink.h"
#include "services/elbv2/data_plane/event_sink.h"
#include "services/events/bus.h"
#include "services/health/desk.h"
#include "services/health/message.h"
#include "sql/database.h"

namespace everseal::app {

// Where this program's own events are put: the default bus of each account and region.
class DefaultBuses {
 public:
  DefaultBuses(Random& random, const Clock& clock) : random_(random), clock_(clock) {}

  // The event gets its id, and the name of its bus, here.
  Outcome put(sql::Transaction& tx, std::string_view account, std::string_view region,
              events::Event event) const;

 private:
  Random& random_;
  const Clock& clock_;
};

// EventBridge, as AWS Health wants it.
class EventsOfHealth final : public health::EventSink {
 public:
  explicit EventsOfHealth(const DefaultBuses& buses) : buses_(buses) {}

  Outcome tell(sql::Transaction& tx, const health::Event& event) override;

 private:
  const DefaultBuses& buses_;
};

// EventBridge and AWS Health, as ACM wants them.
class EventsOfAcm final : public acm::EventSink {
 public:
  EventsOfAcm(const DefaultBuses& buses, const health::Desk& desk) : buses_(buses), desk_(desk) {}

  Outcome tell(sql::Transaction& tx, const acm::Event& event) override;
  Outcome tell(sql::Transaction& tx, const acm::RenewalNews& news) override;

 private:
  const DefaultBuses& buses_;
  const health::Desk& desk_;
};

// EventBridge, as Private CA wants it: what AWS tells with the source aws.acm-pca, the rest with
// everseal.acm-pca.
class EventsOfPrivateCa final : public acmpca::Announcer {
 public:
  explicit EventsOfPrivateCa(const DefaultBuses& buses) : buses_(buses) {}

  Outcome announce(sql::Transaction& tx, const acmpca::Announcement& announcement) override;
  Outcome announce(sql::Transaction& tx, const acmpca::EndNotice& notice) override;

 private:
  const DefaultBuses& buses_;
};

// What the watchdog over CRLs and OCSP finds: an error in the log, for a person must act, and an
// event of the source everseal.acm-pca.
class Alarms final : public acmpca::EventSink {
 public:
  Alarms(sql::Database& database, const DefaultBuses& buses, const Clock& clock, Log& log)
      : database_(database), buses_(buses), clock_(clock), log_(log) {}

  Outcome tell(const acmpca::Event& event) override;

 private:
  sql::Database& database_;
  const DefaultBuses& buses_;
  const Clock& clock_;
  Log& log_;
};

// EventBridge, as the data plane of load balancers wants it: events of the source
// everseal.elasticloadbalancing.
class EventsOfLoadBalancers final : public elbv2::data_plane::EventSink {
 public:
  EventsOfLoadBalancers(sql::Database& database, const DefaultBuses& buses, const Clock& clock)
      : database_(database), buses_(buses), clock_(clock) {}

  Outcome tell(const elbv2::data_plane::Event& event) override;

 private:
  sql::Database& database_;
  const DefaultBuses& buses_;
  const Clock& clock_;
};

}  // namespace everseal::app
