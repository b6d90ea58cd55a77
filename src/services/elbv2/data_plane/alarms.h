#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/state.h"
#include "log/log.h"
#include "services/elbv2/data_plane/event_sink.h"
#include "services/elbv2/data_plane/expired_list.h"
#include "services/elbv2/data_plane/in_force.h"

namespace everseal::elbv2::data_plane {

// Tells what a person should look at: an error of the log and an event for each. For one thread.
class Alarms {
 public:
  Alarms(EventSink& events, Log& log) : events_(events), log_(log) {}

  // An event for each account and region that has load balancers.
  void gateway_died(const std::string& ending, const gateway::State& state);
  // Those that are impaired now: told once, until another cause.
  void impaired(const Faults& faults);
  // Those that are outdated now: told once.
  void expired(const std::vector<ExpiredList>& lists);

 private:
  void tell(const Event& event);

  EventSink& events_;
  Log& log_;
  Faults impaired_;
  std::set<std::pair<std::string, std::int64_t>> expired_;
};

}  // namespace everseal::elbv2::data_plane
