#pragma once

#include <functional>
#include <memory>
#include <string>

#include "clock/clock.h"
#include "gateway/gateway.h"
#include "log/log.h"
#include "result/result.h"
#include "services/elbv2/data_plane/event_sink.h"
#include "services/elbv2/data_plane/server_identities.h"
#include "services/elbv2/trust_stores/reader.h"
#include "sql/database.h"

namespace everseal::elbv2::data_plane {

// What the data plane works with; outlives it.
struct Surroundings {
  sql::Database& database;
  const trust_stores::Reader& trust_stores;
  const ServerIdentities& identities;
  const Clock& clock;
  Log& log;
  EventSink& events;
  // With whom to tell that the gateway died, on any thread. Unavailable: nothing here can carry out
  // load balancers.
  std::function<Result<std::unique_ptr<gateway::Gateway>>(
      std::function<void(const std::string& ending)>)>
      open_gateway;
};

}  // namespace everseal::elbv2::data_plane
