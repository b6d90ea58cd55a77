#include "new_data.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

namespace everseal::app {
namespace {

// What makes a directory one of Everseal's. A log of another database must not meet a new one.
std::array<std::filesystem::path, 5> files_of(const DataDirectory& data) {
  const auto database = data.database().string();
  return {data.database(), data.master_key(), data.ca_bundle(), database + "-wal",
          database + "-shm"};
}

Fault cannot_write(const std::filesystem::path& file) {
  return Fault::unavailable("cannot write " + file.string() + ": " + std::strerror(errno));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

// That a file is there is kept by its folder.
Outcome keep_on_disk(const std::filesystem::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() < 0 || ::fsync(opened.number()) != 0) return cannot_write(folder);
  return {};
}

}  // namespace

// The lock's file last: who takes it then finds nothing of ours.
NewData::~NewData() {
  if (kept_) return;
  std::error_code ignored;
  if (is_ours_) {
    for (const auto& file : files_of(data_)) std::filesystem::remove(file, ignored);
  }
  if (made_lock_) std::filesystem::remove(data_.lock(), ignored);
  if (made_directory_) std::filesystem::remove(data_.root, ignored);
}

Outcome NewData::begin() {
  // Said before the lock is asked for: a server that runs holds it.
  if (auto fresh = refuse_to_run_twice(); !fresh) return fresh;
  if (auto made = make_directory(); !made) return made;
  std::error_code ignored;
  const bool had_lock = std::filesystem::exists(data_.lock(), ignored);
  auto lock = sql::sqlite::DirectoryLock::take(data_.root);
  if (!lock) return lock.error();
  lock_.emplace(*std::move(lock));
  made_lock_ = !had_lock;
  if (auto fresh = refuse_to_run_twice(); !fresh) return fresh;
  is_ours_ = true;
  return {};
}

Outcome NewData::make_directory() {
  std::error_code problem;
  made_directory_ = std::filesystem::create_directories(data_.root, problem);
  if (problem) {
    return Fault::unavailable("cannot make " + data_.root.string() + ": " + problem.message());
  }
  if (made_directory_) {
    std::filesystem::permissions(data_.root, std::filesystem::perms::owner_all, problem);
  }
  return {};
}

Outcome NewData::refuse_to_run_twice() const {
  for (const auto& file : files_of(data_)) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) {
      return Fault::conflict(data_.root.string() + " already has " + file.filename().string() +
                             "; 'everseal init' makes new data only");
    }
  }
  return {};
}

Outcome NewData::write_file(const std::filesystem::path& file, std::string_view text) {
  const Descriptor out(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (out.number() < 0) return cannot_write(file);
  while (!text.empty()) {
    const auto written = ::write(out.number(), text.data(), text.size());
    if (written < 0) return cannot_write(file);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(out.number()) != 0) return cannot_write(file);
  return keep_on_disk(file.parent_path());
}

}  // namespace everseal::app
