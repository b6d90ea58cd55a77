#pragma once

#include "log/log.h"
#include "services/acmpca/watchdog/event_sink.h"

namespace everseal::app {

// Tells events as errors in the log, under their names: a person must act.
class EventLog final : public acmpca::EventSink {
 public:
  explicit EventLog(Log& log) : log_(log) {}
  void tell(const acmpca::Event& event) override {
    log_.error(event.name,
               {{"ca", event.authority_arn}, {"object", event.object}, {"cause", event.detail}});
  }

 private:
  Log& log_;
};

}  // namespace everseal::app
