#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <variant>
#include <vector>

#include "clock/clock.h"
#include "gateway/log_record.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "random/random.h"
#include "services/elbv2/log_objects.h"
#include "services/elbv2/logs/log_files.h"
#include "sql/database.h"

namespace everseal::elbv2::logs {

// What a delivery works with; outlives it.
struct DeliveryParts {
  sql::Database& database;
  LogObjects& objects;
  Random& random;
  const Clock& clock;
  Log& log;
};

struct DeliveryCounts {
  std::uint64_t files = 0;            // that are in their buckets
  std::uint64_t entries = 0;          // in them
  std::uint64_t failures = 0;         // of files; each is tried again
  std::uint64_t dropped_entries = 0;  // for want of memory, or after a day of failures
};

// Brings access and connection logs into the buckets that load balancers name: a file for each
// interval, by a job that is due when the interval ends. What is gathered is in memory alone: it is
// delivered when this ends, and lost with a crash. Its thread, which waits for the database, learns
// which logs are wanted and promises the jobs. Thread-safe.
class Delivery {
 public:
  Delivery(const DeliveryParts& parts, const LogSettings& settings);
  // Delivers all that was gathered.
  ~Delivery();
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

  // Waits for nothing. What happens after a change of the database was committed is written as it
  // says: until the change is known here, records wait, ten thousand at most.
  void take(gateway::RequestRecord request);
  void take(gateway::ConnectionRecord connection);

  void handle_jobs(jobs::Runner& runner);
  DeliveryCounts counts() const;

 private:
  using Record = std::variant<gateway::RequestRecord, gateway::ConnectionRecord>;
  // What the thread hears of; outlives this where a change of the database is told late.
  struct Signal {
    std::mutex mutex;
    std::condition_variable_any changed;
    bool has_new_settings = true;
    bool is_behind = true;  // they are not known here yet
    std::vector<Record> waiting;
    std::uint64_t dropped = 0;            // that waited no more, as too many did
    std::optional<TimePoint> wanted_job;  // a job is to be promised, due then
  };

  void take_or_wait(Record record);
  void put_into_file(const Record& record);
  void go_on();
  void expect(std::optional<TimePoint> end);
  void run(const std::stop_token& stop);
  Outcome learn();
  Outcome promise(TimePoint due);
  Result<jobs::Verdict> deliver();
  Outcome deliver_due();
  Outcome put(const LogFile& file);

  const DeliveryParts parts_;
  LogFiles files_;
  const std::shared_ptr<Signal> signal_ = std::make_shared<Signal>();
  sql::Subscription changes_;
  mutable std::mutex mutex_;
  DeliveryCounts counts_;  // guarded by mutex_
  std::jthread thread_;    // last: it uses all of the others
};

}  // namespace everseal::elbv2::logs
