#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "descriptor/descriptor.h"
#include "result/result.h"

namespace everseal::gateway::haproxy {

// The files that HAProxy reads: a folder a version, and a link "current" to the one that counts, so
// that a version is whole or not there. All for the owner only. For one thread at a time.
class Folder {
 public:
  // As long as this is there nobody else opens it; what is in it stays. Unavailable: it cannot be
  // made, belongs to somebody else, or is open elsewhere.
  static Result<Folder> open(const std::filesystem::path& path);

  // Nothing stays in it. Unavailable: something does.
  Outcome empty();
  // Nor does itself, if this program may remove it.
  void remove();
  // What counts stays, and goes on counting; other versions, and what was never finished, are gone.
  void take_over();

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

  // A file of the version that counts; empty if it is not there.
  std::string read_current(std::string_view name) const;

  // Without symbolic links.
  const std::filesystem::path& path() const { return path_; }
  // Below "current": the same for all versions.
  std::filesystem::path current() const { return path_ / "current"; }

 private:
  Folder(std::filesystem::path path, Descriptor lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}
  std::filesystem::path version(std::uint64_t number) const;
  Outcome point_to(std::uint64_t number) const;

  std::filesystem::path path_;
  Descriptor lock_;  // the folder itself, locked: the lock ends with the process, however that ends
  std::uint64_t last_ = 0;      // begun
  std::uint64_t counting_ = 0;  // 0: none
  std::uint64_t before_ = 0;
};

// Replaces a file as a whole, mode 0600.
Outcome write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace everseal::gateway::haproxy
