#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "latch/doorbell.h"
#include "result/result.h"
#include "sql/database.h"
#include "sql/sqlite/connection.h"

namespace everseal::sql::sqlite {

// Connections that only read. A read sees what was committed when it began, and neither waits for
// the writer nor makes it wait. Thread-safe.
class ReaderPool {
 public:
  // `longest_wait`: for a connection that is free.
  ReaderPool(std::vector<Connection> connections, std::chrono::milliseconds longest_wait)
      : longest_wait_(longest_wait), idle_(std::move(connections)) {}

  // `count` connections to the file. All at once: a disk that fails later does not stop the reads.
  static Result<std::vector<Connection>> connect(const std::string& file, const std::string& vfs,
                                                 std::size_t count);

  Outcome read(const std::function<void(Snapshot&)>& work);

 private:
  Result<Connection> take();
  std::optional<Connection> take_idle();
  void give_back(Connection connection);

  const std::chrono::milliseconds longest_wait_;
  std::mutex mutex_;
  Doorbell free_;
  std::vector<Connection> idle_;  // guarded by mutex_: the last given back is the warmest
};

}  // namespace everseal::sql::sqlite
