#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "result/result.h"
#include "services/events/event_store.h"
#include "services/events/names.h"
#include "services/events/pattern/pattern_index.h"
#include "sql/database.h"

namespace everseal::events {

// Finds the rules that want what was put on a bus, in order, and promises the deliveries. The job
// of one bus runs once at a time, so that no event overtakes another.
class Matcher {
 public:
  Matcher(sql::Database& database, const Clock& clock, Log& log)
      : database_(database), clock_(clock), log_(log) {}

  Result<jobs::Verdict> run(const jobs::Execution& job);

  // Compiles the rules of a bus if they have changed, outside of any transaction.
  Outcome look_at(const BusName& bus);
  // Promises the deliveries of an event that is put on its bus once more, to those of these rules
  // (ARNs; none: all of the bus) that want it, without the match job. Its seq, if any does.
  Result<std::optional<std::int64_t>> put_again(sql::Transaction& tx, const QueuedEvent& event,
                                                const std::set<std::string>& rules);

 private:
  // The rules of a bus at one revision, and for each of them the rows of its targets.
  struct Rules {
    std::int64_t revision;
    PatternIndex index;
    std::vector<std::string> arns;
    std::vector<std::vector<std::int64_t>> targets;
  };
  using SharedRules = std::shared_ptr<const Rules>;

  Result<std::size_t> match_some(sql::Transaction& tx, const BusName& bus);
  // Rows of the targets of rules that want it.
  static std::vector<std::int64_t> targets_for(const Rules& rules, const json::Value& event,
                                               const std::set<std::string>& only);
  Outcome match_one(sql::Transaction& tx, const Rules& rules, const WaitingEvent& waiting);
  // Only of what is committed: a transaction's view may not be.
  Outcome remember_rules(sql::Snapshot& view, const BusName& bus);
  // Those that are remembered, if they are of the revision that the view has.
  Result<SharedRules> rules_of(sql::Snapshot& view, const BusName& bus);
  Result<SharedRules> compile(sql::Snapshot& view, const BusName& bus, std::int64_t revision);

  sql::Database& database_;
  const Clock& clock_;
  Log& log_;
  std::mutex mutex_;
  std::map<BusName, SharedRules> rules_;  // guarded by mutex_
};

}  // namespace everseal::events
