#pragma once

#include <algorithm>
#include <filesystem>

namespace everseal::lambda::sandbox {

// Both without dots and links.
inline bool lies_in(const std::filesystem::path& path, const std::filesystem::path& folder) {
  const auto [end, _] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return end == folder.end();
}

}  // namespace everseal::lambda::sandbox
