#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "gateway/state.h"
#include "result/result.h"
#include "services/elbv2/data_plane/expired_list.h"
#include "services/elbv2/trust_stores/reader.h"
#include "sql/database.h"

namespace everseal::elbv2::data_plane {

// All that a gateway should do, and what it takes.
struct Desired {
  gateway::State state;
  std::set<std::string> certificates;                // ARNs that listeners name
  std::map<std::string, std::int64_t> trust_stores;  // by ARN: its number, see TrustStoreFacts
  bool drains = false;                               // some target, whose time will be over
  std::vector<ExpiredList> expired;                  // of those trust stores
  std::optional<TimePoint> next_expiry;              // of the next of their lists and CAs
};

// Of all accounts and regions. A trust store that is not there is left out.
Result<Desired> read_desired(sql::Snapshot& view, const trust_stores::Reader& trust_stores,
                             TimePoint now);

}  // namespace everseal::elbv2::data_plane
