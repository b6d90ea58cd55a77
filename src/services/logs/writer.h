#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/logs/chunk.h"
#include "services/logs/names.h"
#include "sql/database.h"

namespace everseal::logs {

// How other parts of this program write logs, asking nobody's leave: what a function prints, events
// that a rule sends to a log group. Thread-safe.
class Writer {
 public:
  static constexpr std::size_t longest_message =
      256 * 1024;  // octets; a longer one becomes several

  Writer(sql::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  // Stores the events, in order of their times, all or none; durable when this returns. Makes the
  // group and the stream if they are not there. What is not UTF-8 is written as U+FFFD. An empty
  // message is left out. Unavailable: the disk is full, or too many write.
  Outcome write(const StreamName& stream, const std::vector<Event>& events);

 private:
  sql::Database& database_;
  const Clock& clock_;
};

// What one producer prints, such as one run of a function: gathered, written in batches, and cut
// off when it is too much. For one thread.
class Output {
 public:
  struct Limits {
    std::size_t octets_at_once = 64 * 1024;
    std::size_t most_octets = 16 * 1024 * 1024;
  };

  Output(Writer& writer, StreamName stream, Limits limits)
      : writer_(writer), stream_(std::move(stream)), limits_(limits) {}

  // Written when enough has come together, and with flush(). What is beyond the limit is left out,
  // and a last line says so.
  Outcome add(TimePoint at, std::string_view message);
  Outcome flush();
  bool was_cut() const { return was_cut_; }

 private:
  Writer& writer_;
  const StreamName stream_;
  const Limits limits_;
  std::vector<Event> waiting_;
  std::size_t waiting_octets_ = 0;
  std::size_t octets_ = 0;
  bool was_cut_ = false;
};

}  // namespace everseal::logs
