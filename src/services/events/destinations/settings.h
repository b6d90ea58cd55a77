#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace everseal::events::destinations {

inline constexpr std::int64_t kMostConnections = 3000;
inline constexpr std::int64_t kMostDestinations = 3000;
inline constexpr std::int32_t kUsualRate = 300;  // requests a second

// Where requests may go, and whom they believe.
struct Settings {
  bool loopback = false;                           // this machine too, there without TLS as well
  std::optional<std::filesystem::path> ca_file{};  // PEM: trusted besides what the system trusts
  std::chrono::milliseconds patience{5000};        // from the connection to the end of the answer
};

}  // namespace everseal::events::destinations
