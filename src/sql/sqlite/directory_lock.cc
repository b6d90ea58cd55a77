#include "sql/sqlite/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace everseal::sql::sqlite {
namespace {

std::string holder_of(int descriptor) {
  std::array<char, 32> text{};
  const auto length = ::pread(descriptor, text.data(), text.size(), 0);
  if (length <= 0) return "another process";
  const std::string_view number(text.data(), static_cast<std::size_t>(length));
  return "process " + std::string(number.substr(0, number.find('\n')));
}

// For the sentence that the next one gets; the lock does not depend on it.
void write_own_number(int descriptor) {
  const auto number = std::to_string(::getpid()) + "\n";
  if (::ftruncate(descriptor, 0) != 0) return;
  static_cast<void>(::pwrite(descriptor, number.data(), number.size(), 0) != 0);
}

// Whether the file is still the one that was opened: who held it may have removed it meanwhile.
bool is_still_there(int descriptor, const std::filesystem::path& file) {
  struct stat opened{};
  struct stat named{};
  return ::fstat(descriptor, &opened) == 0 && ::stat(file.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

}  // namespace

Result<DirectoryLock> DirectoryLock::take(const std::filesystem::path& directory) {
  const auto file = directory / "lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return Fault::unavailable("cannot write in the data directory " + directory.string() + ": " +
                              std::strerror(errno));
  }
  DirectoryLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    return Fault::conflict("the data directory " + directory.string() + " is in use by " +
                           holder_of(descriptor));
  }
  if (!is_still_there(descriptor, file)) return take(directory);
  write_own_number(descriptor);
  return lock;
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

DirectoryLock::~DirectoryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace everseal::sql::sqlite
