#include "sql/sqlite/memory_vfs.h"

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <map>
#include <mutex>
#include <new>
#include <string>
#include <utility>

#include "sql/sqlite/memory_file.h"

namespace everseal::sql::sqlite {
namespace {

struct File {
  MemoryOctets octets;
  FileLocks locks;
  SharedIndex index;
};

// The files of one file system by name. Thread-safe.
class Directory {
 public:
  std::shared_ptr<File> find(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    const auto found = files_.find(name);
    return found == files_.end() ? nullptr : found->second;
  }
  std::shared_ptr<File> find_or_make(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    auto& file = files_[name];
    if (!file) file = std::make_shared<File>();
    return file;
  }
  void remove(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    files_.erase(name);
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<File>> files_;  // guarded by mutex_
};

// SQLite allocates it and knows the first member only.
struct Handle {
  sqlite3_file base;
  std::shared_ptr<File> file;
  int level = SQLITE_LOCK_NONE;
  SharedIndex::Held held;
};

Handle& handle_of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
Directory& directory_of(sqlite3_vfs* vfs) { return *static_cast<Directory*>(vfs->pAppData); }

// No exception may pass through SQLite: memory that ran out is its own code.
template <class Action>
int guarded(Action action) {
  try {
    return action();
  } catch (const std::bad_alloc&) {
    return SQLITE_IOERR_NOMEM;
  }
}

int file_close(sqlite3_file* file) {
  auto& handle = handle_of(file);
  handle.file->locks.lower(&handle, handle.level, SQLITE_LOCK_NONE);
  handle.~Handle();
  return SQLITE_OK;
}

int file_read(sqlite3_file* file, void* out, int count, sqlite3_int64 offset) {
  const bool whole = handle_of(file).file->octets.read(static_cast<std::uint8_t*>(out),
                                                       static_cast<std::size_t>(count),
                                                       static_cast<std::size_t>(offset));
  return whole ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int file_write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
  return guarded([&] {
    handle_of(file).file->octets.write(static_cast<const std::uint8_t*>(from),
                                       static_cast<std::size_t>(count),
                                       static_cast<std::size_t>(offset));
    return SQLITE_OK;
  });
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
  handle_of(file).file->octets.truncate(static_cast<std::size_t>(size));
  return SQLITE_OK;
}

int file_sync(sqlite3_file*, int) { return SQLITE_OK; }

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(handle_of(file).file->octets.size());
  return SQLITE_OK;
}

int file_lock(sqlite3_file* file, int level) {
  auto& handle = handle_of(file);
  return handle.file->locks.raise(&handle, handle.level, level, handle.level);
}

int file_unlock(sqlite3_file* file, int level) {
  auto& handle = handle_of(file);
  handle.file->locks.lower(&handle, handle.level, level);
  if (level < handle.level) handle.level = level;
  return SQLITE_OK;
}

int file_check_reserved(sqlite3_file* file, int* reserved) {
  *reserved = handle_of(file).file->locks.reserved() ? 1 : 0;
  return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }

int file_sector_size(sqlite3_file*) { return 4096; }

int file_characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_ATOMIC | SQLITE_IOCAP_SAFE_APPEND | SQLITE_IOCAP_SEQUENTIAL |
         SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int shm_map(sqlite3_file* file, int number, int size, int extend, void volatile** region) {
  return guarded([&] {
    *region = handle_of(file).file->index.region(static_cast<std::size_t>(number),
                                                 static_cast<std::size_t>(size), extend != 0);
    return SQLITE_OK;
  });
}

int shm_lock(sqlite3_file* file, int first, int count, int flags) {
  auto& [base, opened, level, held] = handle_of(file);
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    opened->index.unlock(first, count, held);
    return SQLITE_OK;
  }
  if ((flags & SQLITE_SHM_SHARED) != 0) return opened->index.lock_shared(first, held);
  return opened->index.lock_exclusive(first, count, held);
}

void shm_barrier(sqlite3_file* file) { handle_of(file).file->index.barrier(); }

int shm_unmap(sqlite3_file* file, int remove) {
  auto& [base, opened, level, held] = handle_of(file);
  opened->index.unlock(0, SharedIndex::kLocks, held);
  if (remove != 0) opened->index.drop_regions();
  return SQLITE_OK;
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
  file->pMethods = nullptr;
  return guarded([&] {
    auto found = name == nullptr                     ? std::make_shared<File>()
                 : (flags & SQLITE_OPEN_CREATE) != 0 ? directory_of(vfs).find_or_make(name)
                                                     : directory_of(vfs).find(name);
    if (!found) return SQLITE_CANTOPEN;
    new (file) Handle{{&kFileMethods}, std::move(found), SQLITE_LOCK_NONE, {}};
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
  });
}

int vfs_delete(sqlite3_vfs* vfs, const char* name, int) {
  return guarded([&] {
    directory_of(vfs).remove(name);
    return SQLITE_OK;
  });
}

int vfs_access(sqlite3_vfs* vfs, const char* name, int, int* there) {
  return guarded([&] {
    const auto found = directory_of(vfs).find(name);
    *there = found && found->octets.size() > 0 ? 1 : 0;
    return SQLITE_OK;
  });
}

int vfs_full_path(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

std::string unique_name() {
  static std::atomic<unsigned> made{0};
  return "everseal-memory-" + std::to_string(++made);
}

}  // namespace

class MemoryVfs::Impl {
 public:
  Impl() : vfs_(*sqlite3_vfs_find(nullptr)) {  // randomness, sleep and time stay the system's
    vfs_.szOsFile = sizeof(Handle);
    vfs_.zName = name_.c_str();
    vfs_.pAppData = &directory_;
    vfs_.pNext = nullptr;
    vfs_.xOpen = vfs_open;
    vfs_.xDelete = vfs_delete;
    vfs_.xAccess = vfs_access;
    vfs_.xFullPathname = vfs_full_path;
    sqlite3_vfs_register(&vfs_, /*makeDflt=*/0);
  }
  ~Impl() { sqlite3_vfs_unregister(&vfs_); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  const std::string& name() const { return name_; }

 private:
  const std::string name_ = unique_name();
  Directory directory_;
  sqlite3_vfs vfs_;
};

MemoryVfs::MemoryVfs() : impl_(std::make_unique<Impl>()) {}
MemoryVfs::~MemoryVfs() = default;
const std::string& MemoryVfs::name() const { return impl_->name(); }

}  // namespace everseal::sql::sqlite
