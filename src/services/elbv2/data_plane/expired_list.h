#pragma once

#include <cstdint>
#include <string>

#include "clock/clock.h"

namespace everseal::elbv2::data_plane {

// A CRL of a trust store that is in use: what it revokes stays revoked, but what its CA revoked
// since is not known.
struct ExpiredList {
  std::string trust_store;  // ARN
  std::int64_t revocation_id = 0;
  std::string issuer;  // RFC 4514
  TimePoint next_update{};
};

}  // namespace everseal::elbv2::data_plane
