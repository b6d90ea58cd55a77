#pragma once

#include <chrono>
#include <cstdint>
#include <map>

#include "clock/clock.h"
#include "sql/database.h"

// How many certificates a CA has issued, and had at any time before: kept by five minutes, so that
// to know it takes no look at each of them.
namespace everseal::acmpca {

inline constexpr std::chrono::minutes issued_count_period{5};

// One more. Belongs to the transaction that records it.
Outcome count_issued(sql::Transaction& tx, std::int64_t ca, TimePoint issued_at);

// How many it was in all from each of these times on, to five minutes: one is `from`, the others
// are those until then at which it was more. Revoked ones and those that ended count too.
Result<std::map<TimePoint, std::int64_t>> issued_by(sql::Snapshot& view, std::int64_t ca,
                                                    TimePoint from, TimePoint until);

}  // namespace everseal::acmpca
