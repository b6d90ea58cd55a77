#pragma once

#include "services/acm/event_sink.h"
#include "services/health/desk.h"

namespace everseal::app {

// What ACM tells, for those who hear it.
class EventsOfAcm final : public acm::EventSink {
 public:
  explicit EventsOfAcm(const health::Desk& desk) : desk_(desk) {}

  Outcome tell(sql::Transaction& tx, const acm::Event& event) override;
  Outcome tell(sql::Transaction& tx, const acm::RenewalNews& news) override;

 private:
  const health::Desk& desk_;
};

}  // namespace everseal::app
