#pragma once

#include <cstdint>

#include "result/result.h"

namespace everseal::sql {

// What a statement did, for whoever does not ask how many rows it changed.
inline Outcome without_count(const Result<std::int64_t>& changed) {
  if (!changed) return changed.error();
  return {};
}

}  // namespace everseal::sql
