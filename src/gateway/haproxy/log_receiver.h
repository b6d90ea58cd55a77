#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "clock/clock.h"
#include "descriptor/descriptor.h"
#include "gateway/haproxy/log_names.h"
#include "gateway/log_record.h"
#include "random/random.h"
#include "result/result.h"

namespace everseal::gateway::haproxy {

struct LogCounts {
  std::uint64_t records = 0;   // handed on
  std::uint64_t unusable = 0;  // lines about a request or a connection that made no sense
  std::uint64_t lost = 0;      // lines that HAProxy could not write, as far as it was asked
};

// Reads what HAProxy writes to its log, and hands on what it tells. HAProxy never waits for it:
// what does not fit into the pipe is lost, and HAProxy counts it. Its thread waits for the sink.
// Outlives the gateway.
class LogReceiver {
 public:
  // Records are in the machine's time unless `clock` shows another, then in that. Its thread begins
  // with the first read_from().
  LogReceiver(const Clock& clock, Random& random, LogSink& sink)
      : clock_(clock), random_(random), sink_(sink) {}
  // Hands on what was written until now, and ends.
  ~LogReceiver();
  LogReceiver(const LogReceiver&) = delete;
  LogReceiver& operator=(const LogReceiver&) = delete;

  // From now on it reads there, and from no other any more; nothing changes where it did already.
  // One call at a time. Unavailable: no more files.
  Outcome read_from(const std::shared_ptr<const Descriptor>& pipe);
  // Thread-safe, as are all below.
  LogNames& names() { return names_; }
  LogCounts counts() const { return {records_.load(), unusable_.load(), lost_.load()}; }
  // What each worker that runs says it could not write since it began.
  void count_lost(std::map<pid_t, std::uint64_t> by_worker);

 private:
  void end();
  void run(const std::stop_token& stop);
  void read_all();
  void take_lines(std::string_view text);
  void take(std::string_view line);

  const Clock& clock_;
  Random& random_;
  LogSink& sink_;
  std::shared_ptr<const Descriptor> pipe_;
  Descriptor wake_;
  LogNames names_;
  std::string begun_;  // a line whose end is not read yet; of the thread
  std::atomic<std::uint64_t> records_ = 0;
  std::atomic<std::uint64_t> unusable_ = 0;
  std::atomic<std::uint64_t> lost_ = 0;
  std::mutex mutex_;                               // guards both below
  std::map<pid_t, std::uint64_t> lost_by_worker_;  // as they said last
  std::jthread thread_;                            // last: it uses all of the others
};

}  // namespace everseal::gateway::haproxy
