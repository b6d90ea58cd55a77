#pragma once

#include <optional>
#include <string_view>

#include "data_directory.h"
#include "result/result.h"
#include "sql/sqlite/directory_lock.h"

namespace everseal::app {

// A data directory in the making. Unless it is kept, everything that this process made in it is
// taken away again, and nothing else.
class NewData {
 public:
  explicit NewData(const DataDirectory& data) : data_(data) {}
  ~NewData();
  NewData(const NewData&) = delete;
  NewData& operator=(const NewData&) = delete;

  // Makes the directory if there is none, and takes its lock. Conflict: there is data already, or
  // another process is at work there.
  Outcome begin();
  // A new file that everybody may read, durable on return.
  static Outcome write_file(const std::filesystem::path& file, std::string_view text);
  void keep() { kept_ = true; }

 private:
  Outcome make_directory();
  Outcome refuse_to_run_twice() const;

  const DataDirectory data_;
  std::optional<sql::sqlite::DirectoryLock> lock_;
  bool made_directory_ = false;
  bool made_lock_ = false;
  bool is_ours_ = false;  // no file of data was there when the lock was taken
  bool kept_ = false;
};

}  // namespace everseal::app
