#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "services/events/destinations/names.h"
#include "services/events/destinations/shapes.h"

namespace everseal::events::destinations {

// How requests to a system are authorized.
struct Connection {
  std::int64_t id = 0;
  Name name;
  std::string arn;
  std::optional<std::string> description{};
  AuthorizationType type = AuthorizationType::Basic;
  ConnectionState state = ConnectionState::Authorized;
  std::optional<std::string> state_reason{};
  std::optional<Bytes> sealed{};  // an Authorization; nothing: it was taken away
  std::int64_t revision = 0;      // one more with each change of it
  TimePoint created_at{};
  TimePoint modified_at{};
  std::optional<TimePoint> authorized_at{};
};

}  // namespace everseal::events::destinations
