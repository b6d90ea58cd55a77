#pragma once

#include <memory>
#include <string>

namespace everseal::sql::sqlite {

// A file system of one process for SQLite, with all that write-ahead logging needs, so that the
// database in memory works as the one on disk does: readers beside a writer. SQLite's own two ways
// of sharing a database in memory know only locks that make them wait for each other. The files are
// gone when this ends; the connections end before.
class MemoryVfs {
 public:
  MemoryVfs();
  ~MemoryVfs();
  MemoryVfs(const MemoryVfs&) = delete;
  MemoryVfs& operator=(const MemoryVfs&) = delete;

  const std::string& name() const;  // for sqlite3_open_v2

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace everseal::sql::sqlite
