#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/events/archives/archive.h"
#include "sql/database.h"

namespace everseal::events::archives {

enum class ReplayState { Starting, Running, Cancelling, Completed, Cancelled, Failed };

// What an archive kept of some time, put on its bus once more.
struct Replay {
  std::int64_t id = 0;
  OwnName name;
  std::optional<std::string> description;
  ReplayState state = ReplayState::Starting;
  std::optional<std::string> state_reason{};
  std::int64_t archive = 0;
  std::string source_arn;                // the archive's
  std::string destination_arn;           // the bus's
  std::vector<std::string> filter_arns;  // of rules; none: all of the bus
  TimePoint event_start;                 // both inclusive
  TimePoint event_end;
  // The place that it has reached: the time and number of the event that was replayed last.
  std::optional<TimePoint> last_event_time{};
  std::int64_t last_event = 0;
  std::int64_t up_to = 0;  // events that were kept later are left alone
  TimePoint started_at{};
  std::optional<TimePoint> ended_at{};

  bool has_ended() const { return ended_at.has_value(); }
};

Result<std::optional<Replay>> find_replay(sql::Snapshot& view, const OwnName& name);
Result<std::optional<Replay>> find_replay(sql::Snapshot& view, std::int64_t id);
// By name, those that begin so and come after that one; in that state and of that archive, if they
// are given.
struct ReplayChoice {
  std::string prefix{};
  std::optional<ReplayState> state{};
  std::optional<std::string> source_arn{};
};
Result<std::vector<Replay>> list_replays(sql::Snapshot& view, const OwnName& after,
                                         const ReplayChoice& choice, std::int64_t limit);
// Those that have not ended.
Result<std::int64_t> count_running(sql::Snapshot& view, const OwnName& owner);

// Its row. Conflict: there is one of that name.
Result<std::int64_t> add_replay(sql::Transaction& tx, const Replay& replay);
// Its state, and the place that it has reached.
Outcome save_progress(sql::Transaction& tx, const Replay& replay);
// Events that it has put on the bus and that were not yet delivered to all, as far as it knows.
Outcome note_waiting(sql::Transaction& tx, std::int64_t replay, std::int64_t event);
Outcome forget_waiting(sql::Transaction& tx, std::int64_t replay, std::int64_t event);
Result<std::vector<std::int64_t>> waiting_of(sql::Snapshot& view, std::int64_t replay);
// And what it knows of events that wait.
Outcome remove_replay(sql::Transaction& tx, std::int64_t id);

}  // namespace everseal::events::archives

namespace everseal::aws {
template <>
inline constexpr auto names_of<events::archives::ReplayState> =
    std::to_array<EnumName<events::archives::ReplayState>>({
        {events::archives::ReplayState::Starting, "STARTING"},
        {events::archives::ReplayState::Running, "RUNNING"},
        {events::archives::ReplayState::Cancelling, "CANCELLING"},
        {events::archives::ReplayState::Completed, "COMPLETED"},
        {events::archives::ReplayState::Cancelled, "CANCELLED"},
        {events::archives::ReplayState::Failed, "FAILED"},
    });
}  // namespace everseal::aws
