#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace everseal {

// Writes lines to standard error from a thread of its own. Lines that come within 5 ms of each
// other are written together, so that a busy server wakes that thread two hundred times a second
// and not for each request. Thread-safe.
class LineWriter {
 public:
  LineWriter();
  ~LineWriter();  // writes what is left
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  // Waits for nobody: while more than 4 MiB are not yet written, lines are dropped.
  void add(std::string_view line);
  // Returns when all that was added is written.
  void flush();
  // How many lines were dropped.
  std::uint64_t dropped() const;

 private:
  void run(const std::stop_token& stop);

  mutable std::mutex mutex_;  // guards all but the thread
  std::condition_variable_any wake_;
  std::condition_variable_any written_;
  std::string pending_;
  bool asleep_ = false;
  bool in_a_hurry_ = false;  // somebody waits in flush()
  bool writing_ = false;
  std::uint64_t dropped_ = 0;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace everseal
