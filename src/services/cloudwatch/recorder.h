#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>

#include "clock/clock.h"
#include "log/log.h"
#include "result/result.h"
#include "services/cloudwatch/point_store.h"
#include "services/cloudwatch/series.h"
#include "sql/database.h"

namespace everseal::cloudwatch {

// What the program measures of itself. It is counted in memory, so that nobody waits for a disk,
// and written once a minute and before it is read: a crash loses a minute of it. Thread-safe.
class Recorder {
 public:
  Recorder(sql::Database& database, const Clock& clock, Log& log)
      : database_(database), clock_(clock), log_(log) {}

  // Well below a microsecond, but for the first of a series in a minute. When very many series were
  // not written yet, new ones are left out, and the log says so.
  void record(const Series& series, double value);

  // Writes what was counted. What could not be written stays, and is tried again.
  Outcome write();

 private:
  using Counted = std::map<Series, Points>;
  void put_back(Counted counted);

  static constexpr std::size_t most_series = 50'000;

  sql::Database& database_;
  const Clock& clock_;
  Log& log_;
  std::mutex writing_;  // one writer at a time
  std::mutex mutex_;
  Counted counted_;         // guarded by mutex_
  std::uint64_t lost_ = 0;  // likewise: values left out since the last writing
};

}  // namespace everseal::cloudwatch
