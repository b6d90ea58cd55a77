#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jobs/runner.h"

// The rows of jobs_job as a runner sees them. A runner leases a job, runs it, and ends the lease.
namespace everseal::jobs {

// A job that may be taken from `at` on: due then, or its lease ends then.
struct Ready {
  std::string kind;
  std::string key;
  TimePoint at;
  std::int64_t claims;
};

struct Leased {
  Execution execution;
  std::int64_t claims;  // tells this lease from later ones
};

// How a run ended: the promise is kept; or to be kept again at `next`, after a failure or not.
struct Ended {
  Leased job;
  std::optional<TimePoint> next;
  bool failed = false;
};

// The first of these kinds that `skip` does not refuse. Costs a look into an index for each kind,
// however many jobs there are.
Result<std::optional<Ready>> earliest(sql::Snapshot& view, const std::vector<std::string>& kinds,
                                      const std::function<bool(const Ready&)>& skip);

// How many may be taken at that moment, of each kind; at most 10,000.
Result<std::map<std::string, std::int64_t>> count_waiting(sql::Snapshot& view,
                                                          const std::vector<std::string>& kinds,
                                                          TimePoint now);

// Nothing if the job changed since it was read.
Result<std::optional<Leased>> lease(sql::Transaction& tx, const Ready& job, TimePoint until);

// Does nothing if the job was cancelled, or the lease ended and another runner has it.
Outcome finish(sql::Transaction& tx, const Ended& ended);

// Ends all leases, when no other runner can hold one: the jobs may be taken at once.
Outcome release_all(sql::Transaction& tx);

// Promises a recurring job now, unless it is promised already; then at `latest` at the latest.
Outcome plant(sql::Transaction& tx, const std::string& kind, TimePoint now, TimePoint latest);

}  // namespace everseal::jobs
