#include "sql/sqlite/faults/faulty_vfs.h"

#include <sqlite3.h>

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <mutex>
#include <new>
#include <vector>

namespace everseal::sql::sqlite {
namespace {

constexpr auto kNever = std::numeric_limits<std::uint64_t>::max();

enum class Step { Open, Write, Truncate, Sync, Remove };

// When a step fails, and how.
struct Plan {
  std::uint64_t first = kNever;
  std::uint64_t last = 0;
  FaultyVfs::Failure failure = FaultyVfs::Failure::Error;
};

int code_of(Step step, FaultyVfs::Failure failure) {
  if (failure == FaultyVfs::Failure::DiskFull && step != Step::Remove) return SQLITE_FULL;
  switch (step) {
    case Step::Open:
      return SQLITE_CANTOPEN;
    case Step::Write:
      return SQLITE_IOERR_WRITE;
    case Step::Truncate:
      return SQLITE_IOERR_TRUNCATE;
    case Step::Sync:
      return SQLITE_IOERR_FSYNC;
    case Step::Remove:
      break;
  }
  return SQLITE_IOERR_DELETE;
}

class Disk {
 public:
  sqlite3_vfs* real = sqlite3_vfs_find(nullptr);

  // SQLITE_OK, or how this step fails.
  int take(Step step) {
    const std::scoped_lock lock(mutex_);
    const auto number = steps_++;
    if (number < plan_.first || number > plan_.last) return SQLITE_OK;
    failed_ = true;
    return code_of(step, plan_.failure);
  }
  void plan(std::uint64_t step, std::uint64_t count, FaultyVfs::Failure failure) {
    const std::scoped_lock lock(mutex_);
    const auto first = steps_ + step;
    plan_ = {first, count == kNever ? kNever : first + count - 1, failure};
    failed_ = false;
  }
  void heal() {
    const std::scoped_lock lock(mutex_);
    plan_ = {};
  }
  std::uint64_t steps() const {
    const std::scoped_lock lock(mutex_);
    return steps_;
  }
  bool failed() const {
    const std::scoped_lock lock(mutex_);
    return failed_;
  }
  void synced(const std::string& path, std::string content) {
    const std::scoped_lock lock(mutex_);
    durable_[path] = std::move(content);
  }
  void opened(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    if (durable_.contains(path)) return;
    std::ifstream file(path, std::ios::binary);
    durable_[path] = std::string(std::istreambuf_iterator<char>(file), {});
  }
  void removed(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    durable_.erase(path);
  }
  void restore() {
    const std::scoped_lock lock(mutex_);
    for (const auto& [path, content] : durable_) {
      std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
    }
    plan_ = {};
  }

 private:
  mutable std::mutex mutex_;
  std::uint64_t steps_ = 0;  // guarded by mutex_, like all
  Plan plan_;
  bool failed_ = false;
  std::map<std::string, std::string> durable_;  // what each file held at its last sync
};

// SQLite allocates it, with room for the real file behind it.
struct Handle {
  sqlite3_file base;
  Disk* disk;
  std::string path;
};

constexpr std::size_t kRealOffset = (sizeof(Handle) + alignof(std::max_align_t) - 1) /
                                    alignof(std::max_align_t) * alignof(std::max_align_t);

Handle& handle_of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
sqlite3_file* real_of(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<std::byte*>(file) + kRealOffset);
}
Disk& disk_of(sqlite3_vfs* vfs) { return *static_cast<Disk*>(vfs->pAppData); }

int file_close(sqlite3_file* file) {
  const int code = real_of(file)->pMethods->xClose(real_of(file));
  handle_of(file).~Handle();
  return code;
}

int file_read(sqlite3_file* file, void* out, int count, sqlite3_int64 offset) {
  return real_of(file)->pMethods->xRead(real_of(file), out, count, offset);
}

// A write that fails is torn: half of it is there.
int file_write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
  const int code = handle_of(file).disk->take(Step::Write);
  const int whole = code == SQLITE_OK ? count : count / 2;
  const int written = real_of(file)->pMethods->xWrite(real_of(file), from, whole, offset);
  return code == SQLITE_OK ? written : code;
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
  const int code = handle_of(file).disk->take(Step::Truncate);
  if (code != SQLITE_OK) return code;
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

int file_sync(sqlite3_file* file, int) {
  auto& handle = handle_of(file);
  const int code = handle.disk->take(Step::Sync);
  if (code != SQLITE_OK) return code;
  sqlite3_int64 size = 0;
  real_of(file)->pMethods->xFileSize(real_of(file), &size);
  std::string content(static_cast<std::size_t>(size), '\0');
  const int read =
      real_of(file)->pMethods->xRead(real_of(file), content.data(), static_cast<int>(size), 0);
  if (read == SQLITE_OK) handle.disk->synced(handle.path, std::move(content));
  return read;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
int file_lock(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xLock(real_of(file), level);
}
int file_unlock(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xUnlock(real_of(file), level);
}
int file_check_reserved(sqlite3_file* file, int* reserved) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), reserved);
}
int file_control(sqlite3_file* file, int operation, void* argument) {
  if (operation == SQLITE_FCNTL_SIZE_HINT) return SQLITE_OK;  // it would write behind our back
  return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}
int file_sector_size(sqlite3_file* file) {
  return real_of(file)->pMethods->xSectorSize(real_of(file));
}
int file_characteristics(sqlite3_file* file) {
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}
int shm_map(sqlite3_file* file, int number, int size, int extend, void volatile** region) {
  return real_of(file)->pMethods->xShmMap(real_of(file), number, size, extend, region);
}
int shm_lock(sqlite3_file* file, int first, int count, int flags) {
  return real_of(file)->pMethods->xShmLock(real_of(file), first, count, flags);
}
void shm_barrier(sqlite3_file* file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }
int shm_unmap(sqlite3_file* file, int remove) {
  return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

constexpr sqlite3_io_methods kFileMethods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int vfs_open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto& disk = disk_of(vfs);
  file->pMethods = nullptr;
  const int code = disk.take(Step::Open);
  if (code != SQLITE_OK) return code == SQLITE_FULL ? SQLITE_CANTOPEN : code;
  const int opened = disk.real->xOpen(disk.real, name, real_of(file), flags, out_flags);
  if (opened != SQLITE_OK) return opened;
  const std::string path = name == nullptr ? "" : name;
  if (!path.empty()) disk.opened(path);
  new (file) Handle{{&kFileMethods}, &disk, path};
  return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs* vfs, const char* name, int sync_directory) {
  auto& disk = disk_of(vfs);
  const int code = disk.take(Step::Remove);
  if (code != SQLITE_OK) return code;
  disk.removed(name);
  return disk.real->xDelete(disk.real, name, sync_directory);
}

std::string unique_name() {
  static std::atomic<unsigned> made{0};
  return "everseal-faulty-" + std::to_string(++made);
}

}  // namespace

class FaultyVfs::Impl {
 public:
  Impl() : vfs_(*disk.real) {
    vfs_.szOsFile = static_cast<int>(kRealOffset) + disk.real->szOsFile;
    vfs_.zName = name.c_str();
    vfs_.pAppData = &disk;
    vfs_.pNext = nullptr;
    vfs_.xOpen = vfs_open;
    vfs_.xDelete = vfs_delete;
    sqlite3_vfs_register(&vfs_, /*makeDflt=*/0);
  }
  ~Impl() { sqlite3_vfs_unregister(&vfs_); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  const std::string name = unique_name();
  Disk disk;

 private:
  sqlite3_vfs vfs_;
};

FaultyVfs::FaultyVfs() : impl_(std::make_unique<Impl>()) {}
FaultyVfs::~FaultyVfs() = default;
const std::string& FaultyVfs::name() const { return impl_->name; }
std::uint64_t FaultyVfs::steps() const { return impl_->disk.steps(); }
bool FaultyVfs::failed() const { return impl_->disk.failed(); }
void FaultyVfs::heal() { impl_->disk.heal(); }

void FaultyVfs::fail_once(std::uint64_t step, Failure failure) {
  impl_->disk.plan(step, 1, failure);
}
void FaultyVfs::fail_from(std::uint64_t step, Failure failure) {
  impl_->disk.plan(step, kNever, failure);
}
void FaultyVfs::lose_power_at(std::uint64_t step) {
  impl_->disk.plan(step, kNever, Failure::Error);
}
void FaultyVfs::restore_power() { impl_->disk.restore(); }

}  // namespace everseal::sql::sqlite
