#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "jobs/jobs.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "result/result.h"
#include "services/events/archives/replay.h"
#include "services/events/matcher.h"
#include "sql/database.h"

namespace everseal::events {

inline constexpr std::string_view kReplayJob = "events.replay";

jobs::Job replay_job(std::int64_t replay, TimePoint due);

// Puts events of an archive on their bus once more, fifty in a transaction that notes the place it
// has reached: a crash neither skips nor repeats one. No more than 200 of a replay wait to be
// delivered, so that what happens now does not wait behind what happened then. The same job forgets
// the replay 90 days after its end.
class Replayer {
 public:
  struct Parts {
    sql::Database& database;
    const Clock& clock;
    Log& log;
    Matcher& matcher;
  };
  explicit Replayer(const Parts& parts) : parts_(parts) {}

  Result<jobs::Verdict> run(const jobs::Execution& job) const;

 private:
  // Another run of the job, if there is to be one, and what became of the replay.
  struct Step {
    std::optional<TimePoint> next{};
    bool nothing_done = false;  // not worth a line in the log
    bool goes_on = false;       // at once
    std::optional<archives::Replay> ended{};
  };

  Result<Step> step(sql::Transaction& tx, std::int64_t id) const;
  Result<Step> forget_in_time(sql::Transaction& tx, const archives::Replay& replay) const;
  Result<Step> go_on(sql::Transaction& tx, archives::Replay replay) const;
  Result<bool> has_room(sql::Transaction& tx, std::int64_t replay) const;
  // How many there were.
  Result<std::size_t> put_some(sql::Transaction& tx, archives::Replay& replay) const;
  Result<Step> end(sql::Transaction& tx, archives::Replay replay, archives::ReplayState state,
                   std::optional<std::string> reason = {}) const;

  const Parts parts_;
};

}  // namespace everseal::events
