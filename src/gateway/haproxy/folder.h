#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "result/result.h"

namespace everseal::gateway::haproxy {

// The files that HAProxy reads: a folder a version, and a link "current" to the one that counts, so
// that a version is whole or not there. All for the owner only. For one thread at a time.
class Folder {
 public:
  // Empties it. Unavailable: it cannot be made, or belongs to somebody else.
  static Result<Folder> open(const std::filesystem::path& path);

  // Begins a version; the others stay.
  Outcome begin();
  // Into the version that was begun last. The text is not kept anywhere else.
  Outcome write(std::string_view name, std::string_view text) const;
  // The path of a file in the version that was begun last.
  std::filesystem::path of(std::string_view name) const;
  // The version that was begun last counts; the one before can come back.
  Outcome make_current();
  // The last to count counts again, and the one begun last is gone.
  Outcome go_back();
  // All but what counts are gone.
  void forget_others() const;

  // Below "current": the same for all versions.
  std::filesystem::path current() const { return path_ / "current"; }

 private:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path version(std::uint64_t number) const;
  Outcome point_to(std::uint64_t number) const;

  std::filesystem::path path_;
  std::uint64_t last_ = 0;      // begun
  std::uint64_t counting_ = 0;  // 0: none
  std::uint64_t before_ = 0;
};

// Replaces a file as a whole, mode 0600.
Outcome write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace everseal::gateway::haproxy
