#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "jobs/jobs.h"
#include "log/log.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::jobs {

// One run of a job.
struct Execution {
  std::string kind;
  std::string key;
  std::string payload;
  TimePoint due;  // when it was to run
  int attempt;    // 1, and one more after each failure
};

// What a handler says when all went well: the promise is kept, or it is to be kept again later.
class Verdict {
 public:
  static Verdict done() { return Verdict(std::nullopt); }
  static Verdict again(TimePoint at) { return Verdict(at); }
  // It did a part of what is to be done, of which there is an end, and goes on at once.
  static Verdict unfinished(TimePoint now) {
    auto verdict = Verdict(now);
    verdict.unfinished_ = true;
    return verdict;
  }
  // The same, and nothing was done yet: that is worth no line in the log.
  static Verdict postponed(TimePoint until) { return Verdict(until, /*postponed=*/true); }
  const std::optional<TimePoint>& next() const { return next_; }
  bool is_postponed() const { return postponed_; }
  bool is_unfinished() const { return unfinished_; }

 private:
  explicit Verdict(std::optional<TimePoint> next, bool postponed = false)
      : next_(next), postponed_(postponed) {}
  std::optional<TimePoint> next_;
  bool postponed_;
  bool unfinished_ = false;
};

// A Fault, or an exception, means: try again, after a pause that doubles with each failure.
using Handler = std::function<Result<Verdict>(const Execution&)>;

struct Options {
  unsigned threads = 8;  // they wait for the disk most of the time, and share its syncs
  std::chrono::milliseconds lease =
      std::chrono::minutes{5};  // after it, a dead node's job is taken
  std::chrono::milliseconds first_pause = std::chrono::seconds{5};
  std::chrono::milliseconds longest_pause = std::chrono::hours{1};
};

// What differs for the jobs of one kind.
struct KindOptions {
  // How many run at the same time; one thread is left to other kinds even if there are no more.
  std::optional<unsigned> most_at_once{};
  std::optional<std::chrono::milliseconds> first_pause{};
  std::optional<std::chrono::milliseconds> longest_pause{};
};

// What became of the jobs of one kind since the program started.
struct Counts {
  std::uint64_t runs = 0;      // ended, well or not
  std::uint64_t failures = 0;  // of them
};

// Runs due jobs. A job promised for now starts when its transaction commits; otherwise the runner
// sleeps until the next due time. Handlers run at the same time in several threads, but never two
// for one (kind, key) in one process. Thread-safe.
class Runner {
 public:
  Runner(sql::Database& database, const Clock& clock, Log& log, Options options = {});
  ~Runner();  // stops
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // Before start() and run_until(). Jobs of a kind that nobody handles stay as they are.
  void handle(const std::string& kind, Handler handler, const KindOptions& options = {});
  // Promises a job with this kind and an empty key, now and again each interval after.
  // The handler's verdict counts only if it is `again`.
  void every(const std::string& kind, std::chrono::milliseconds interval, Handler handler);

  Outcome start();
  // Takes no further job, and moves the clock no further; returns at once.
  void begin_to_stop();
  // And waits for the jobs that run. Unavailable: some handler did not end in time; it is waited
  // for when the runner ends.
  Outcome stop(std::chrono::steady_clock::time_point until);

  // For the virtual clock: runs all that is due until `target`, one by one in order of due time,
  // with the clock set to the due time of each, and at last to `target`. What the handlers promise
  // meanwhile counts too. The runner's threads rest as long. A fault of `set_clock` ends it.
  // Broken: some job promises itself for the same moment without end, and not as unfinished.
  // Unavailable: the runner stops.
  using SetClock = std::function<Outcome(TimePoint)>;
  Outcome run_until(TimePoint target, const SetClock& set_clock);

  std::map<std::string, Counts> counts() const;  // by kind
  // Promised jobs by kind, those that run included. Counts them one by one: a million take half a
  // second.
  Result<std::map<std::string, std::int64_t>> pending() const;
  // Jobs that are due and wait for a thread, for each kind that is handled; counts no further than
  // 10,000 of a kind. For metrics: a number that grows says that the threads are too few.
  Result<std::map<std::string, std::int64_t>> waiting() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace everseal::jobs
