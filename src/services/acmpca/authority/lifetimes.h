#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "services/acmpca/authority/authority_store.h"
#include "sql/database.h"

// From when to when there are CAs, those included that are gone for good.
namespace everseal::acmpca {

struct Lifetime {
  std::int64_t id = 0;
  TimePoint created_at;
  std::optional<TimePoint> gone_at;  // when it cannot be restored any more; perhaps still to come
};

// In the order of creation.
Result<std::vector<Lifetime>> lifetimes_of(sql::Snapshot& view, const Owner& owner);
// Nothing if there never was one of that ARN.
Result<std::optional<Lifetime>> lifetime_of(sql::Snapshot& view, std::string_view arn);

}  // namespace everseal::acmpca
