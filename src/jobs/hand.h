#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "jobs/queue.h"
#include "jobs/runner.h"

namespace everseal::jobs {

// A kind of job that somebody handles.
struct Kind {
  Handler handler;
  std::optional<std::chrono::milliseconds> interval{};  // of a recurring one
  KindOptions options{};
  std::atomic<std::uint64_t> runs{0};
  std::atomic<std::uint64_t> failures{0};
};

// The jobs that the threads of this process have: none runs twice at a time. Thread-safe.
class InHand {
 public:
  // False: some thread has it already, or as many of its kind are in hand as may be.
  bool take(const std::string& kind, const std::string& key, std::size_t most_of_kind);
  void give_back(const std::string& kind, const std::string& key);
  bool has(const std::string& kind, const std::string& key) const;
  std::size_t count(const std::string& kind) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::set<std::string>> keys_;  // by kind; guarded by mutex_
};

// What the threads of a runner share.
struct Shop {
  sql::Database& database;
  const Clock& clock;
  Log& log;
  const Options options;
  std::map<std::string, Kind> kinds;
  std::vector<std::string> names;  // of the kinds
  InHand in_hand;

  // How many jobs of that kind may be in hand at the same time.
  std::size_t most_at_once(const std::string& kind) const;
};

// One thread's work: find a job, lease it, run it, write down how it ended. The end of a job and
// the lease of the next are one transaction.
class Hand {
 public:
  explicit Hand(Shop& shop) : shop_(shop) {}
  ~Hand();
  Hand(const Hand&) = delete;
  Hand& operator=(const Hand&) = delete;

  // The earliest job that no thread of this process has, due or not.
  Result<std::optional<Ready>> find() const;
  // Writes how the last job ended, and leases `next` if nobody else was quicker. If it fails,
  // nothing is leased and the end is still to be written.
  Outcome exchange(const std::optional<Ready>& next);
  bool must_settle() const { return ended_.has_value(); }
  bool has_job() const { return leased_.has_value(); }
  void run();
  // Whether the last one that was run said so.
  bool is_unfinished() const { return unfinished_; }

 private:
  Result<Verdict> call(const Kind& kind, const Execution& execution) const;
  Options pauses_of(const Kind& kind) const;
  std::optional<TimePoint> next_run(const Kind& kind, const Execution& execution,
                                    const Result<Verdict>& verdict) const;
  void note(const Kind& kind, const Execution& execution, const Result<Verdict>& verdict,
            std::chrono::microseconds duration) const;

  Shop& shop_;
  std::optional<Leased> leased_;
  std::optional<Ended> ended_;
  bool unfinished_ = false;
};

// How long to wait after so many failures in a row: twice as long each time, up to the longest, and
// up to a fifth less, so that jobs that failed together do not come back together.
std::chrono::milliseconds pause_after(int failures, const Execution& execution,
                                      const Options& options);

}  // namespace everseal::jobs
