#include "gateway/haproxy/folder.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>

#include "descriptor/descriptor.h"

namespace everseal::gateway::haproxy {
namespace {

namespace fs = std::filesystem;

Fault failed(const fs::path& path) {
  return Fault::unavailable(path.string() + ": " + strerrordesc_np(errno));
}

// Whoever was killed may have left a child that has not begun its program yet, and holds the lock
// until it has.
Outcome lock(const Descriptor& folder, const fs::path& path) {
  constexpr std::chrono::seconds patience{1};
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (flock(folder.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return failed(path);
    if (std::chrono::steady_clock::now() > deadline) {
      return Fault::unavailable(path.string() + " is in use by another Everseal");
    }
    poll(nullptr, 0, 10);
  }
  return {};
}

// Of "v17".
std::optional<std::uint64_t> version_in(std::string_view name) {
  if (!name.starts_with("v")) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = name.data() + name.size();
  const auto [rest, error] = std::from_chars(name.data() + 1, end, number);
  return error == std::errc() && rest == end ? std::optional(number) : std::nullopt;
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
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat facts{};
  if (!folder.is_open() || fstat(folder.number(), &facts) != 0) return failed(path);
  if (facts.st_uid != geteuid()) return Fault::unavailable(path.string() + " is somebody else's");
  if (fchmod(folder.number(), 0700) != 0) return failed(path);
  if (const auto locked = lock(folder, path); !locked) return locked.error();
  auto real = fs::canonical(path, error);
  if (error) return Fault::unavailable(path.string() + ": " + error.message());
  return Folder(std::move(real), std::move(folder));
}

Outcome Folder::empty() {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_, error)) fs::remove_all(entry, error);
  last_ = counting_ = before_ = 0;
  return error ? Outcome(Fault::unavailable(path_.string() + ": " + error.message())) : Outcome();
}

void Folder::remove() {
  static_cast<void>(empty());
  rmdir(path_.c_str());
}

void Folder::take_over() {
  std::error_code ignored;
  const auto counting = version_in(fs::read_symlink(current(), ignored).native());
  last_ = counting_ = counting.value_or(0);
  before_ = 0;
  for (const auto& entry : fs::directory_iterator(path_, ignored)) {
    const auto name = entry.path().filename().string();
    const auto version = version_in(name);
    const bool is_unfinished = name == "next" || name.ends_with(".next");
    if (version ? version != counting : is_unfinished) fs::remove_all(entry, ignored);
  }
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

std::string Folder::read_current(std::string_view name) const {
  const std::ifstream file(current() / name);
  std::ostringstream text;
  text << file.rdbuf();  // an error of reading is no exception here
  return text.str();
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
