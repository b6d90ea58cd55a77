#include "gateway/haproxy/folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "descriptor/descriptor.h"

namespace everseal::gateway::haproxy {
namespace {

namespace fs = std::filesystem;

Fault failed(const fs::path& path) {
  return Fault::unavailable(path.string() + ": " + strerrordesc_np(errno));
}

Outcome write_all(const Descriptor& file, std::string_view text, const fs::path& path) {
  while (!text.empty()) {
    const auto count = ::write(file.number(), text.data(), text.size());
    if (count < 0 && errno != EINTR) return failed(path);
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

}  // namespace

Outcome write_file(const fs::path& path, std::string_view text) {
  const fs::path next = path.string() + ".next";
  const Descriptor file(
      ::open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.is_open()) return failed(next);
  if (const auto written = write_all(file, text, next); !written) return written;
  if (rename(next.c_str(), path.c_str()) != 0) return failed(path);
  return {};
}

Result<Folder> Folder::open(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return failed(path);
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat facts{};
  if (!folder.is_open() || fstat(folder.number(), &facts) != 0) return failed(path);
  if (facts.st_uid != geteuid()) return Fault::unavailable(path.string() + " is somebody else's");
  if (fchmod(folder.number(), 0700) != 0) return failed(path);
  for (const auto& entry : fs::directory_iterator(path, error)) fs::remove_all(entry, error);
  if (error) return Fault::unavailable(path.string() + ": " + error.message());
  return Folder(path);
}

fs::path Folder::version(std::uint64_t number) const {
  return path_ / ("v" + std::to_string(number));
}

fs::path Folder::of(std::string_view name) const { return version(last_) / name; }

Outcome Folder::begin() {
  ++last_;
  if (mkdir(version(last_).c_str(), 0700) != 0) return failed(version(last_));
  return {};
}

Outcome Folder::write(std::string_view name, std::string_view text) const {
  return write_file(of(name), text);
}

Outcome Folder::point_to(std::uint64_t number) const {
  const fs::path next = path_ / "next";
  unlink(next.c_str());
  const auto target = version(number).filename();
  if (symlink(target.c_str(), next.c_str()) != 0 || rename(next.c_str(), current().c_str()) != 0) {
    return failed(current());
  }
  return {};
}

Outcome Folder::make_current() {
  if (const auto done = point_to(last_); !done) return done;
  before_ = counting_;
  counting_ = last_;
  return {};
}

Outcome Folder::go_back() {
  std::error_code ignored;
  if (counting_ == last_ && before_ != 0) {
    if (const auto done = point_to(before_); !done) return done;
    counting_ = before_;
  } else if (counting_ == last_) {
    fs::remove(current(), ignored);
    counting_ = 0;
  }
  fs::remove_all(version(last_), ignored);
  return {};
}

void Folder::forget_others() const {
  std::error_code ignored;
  for (std::uint64_t number = last_; number > 0; --number) {
    if (number != counting_ && fs::remove_all(version(number), ignored) == 0 &&
        number < counting_) {
      return;
    }
  }
}

}  // namespace everseal::gateway::haproxy
