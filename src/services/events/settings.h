#pragma once

#include <cstddef>
#include <cstdint>

namespace everseal::events {

// AWS's usual quotas, but for the rules of a bus, of which it allows 300.
inline constexpr std::int64_t kMostBuses = 100;
inline constexpr std::int64_t kMostRules = 2000;
inline constexpr std::int64_t kMostArchives = 100;
inline constexpr std::int64_t kMostReplays = 10;  // that have not ended
inline constexpr std::int64_t kMostTargets = 5;   // of a rule
inline constexpr std::size_t kMostOctetsPut = 256 * 1024;

}  // namespace everseal::events
