#pragma once

#include <filesystem>

#include "result/result.h"

namespace everseal::sql::sqlite {

// One process at a time works in a data directory. The kernel takes the lock back when the process
// ends, however it ends.
class DirectoryLock {
 public:
  // Conflict: another process holds it. Unavailable: the directory is missing or not writable.
  // Whoever holds the lock may remove its file.
  static Result<DirectoryLock> take(const std::filesystem::path& directory);

  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&& other) noexcept;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace everseal::sql::sqlite
