#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace everseal::gateway::haproxy {

// What HAProxy says, in a file: nobody need read it for HAProxy to go on. What does not fit is
// lost. Thread-safe.
class Output {
 public:
  static constexpr std::uint64_t most_octets = 1024 * 1024;

  explicit Output(std::filesystem::path path) : path_(std::move(path)) {}
  const std::filesystem::path& path() const { return path_; }

  // The last of it, at most 4 KiB.
  std::string last() const;
  // What was said so far is forgotten.
  void clear() const;
  // The same, once it is more than half full.
  void make_room() const;

 private:
  std::filesystem::path path_;
};

}  // namespace everseal::gateway::haproxy
