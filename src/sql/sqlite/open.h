#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "log/log.h"
#include "result/result.h"
#include "sql/database.h"

// The embedded engine. One thread, the committer, runs the writes of all others one by one, and
// makes all that queued meanwhile durable with one fsync. Reads run in the caller's thread, on a
// pool of connections, while writes go on.
namespace everseal::sql::sqlite {

struct Options {
  std::size_t readers = 8;  // reads at the same time
  std::size_t most_waiting_writes = 4096;
  std::chrono::milliseconds longest_wait{5000};  // for room in the queue, or for a reader
  int pages_between_checkpoints = 4096;          // of the log, 4 KiB each
  std::string vfs{};  // the name of SQLite's file system; empty: the system's
};

// Opens the database, or makes an empty one (mode 0600) if there is no file. Only one process may
// have it open: hold a DirectoryLock. Broken: not a database of Everseal, or a damaged one; nothing
// was changed. Unavailable: no permission, no space. What happens later to the file is told by the
// answers: Unavailable while the disk is full or fails, Broken where the file is damaged.
Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, const Options& options,
                                       Log& log);

// The same, in memory: gone when it ends.
Result<std::unique_ptr<Database>> open_in_memory(const Options& options, Log& log);

}  // namespace everseal::sql::sqlite
