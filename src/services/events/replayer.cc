#include "services/events/replayer.h"

#include <chrono>
#include <set>
#include <string>
#include <utility>

#include "services/events/archives/kept_events.h"
#include "services/events/event_store.h"
#include "services/events/json/json.h"

namespace everseal::events {
namespace {

using archives::KeptEvent;
using archives::Replay;
using archives::ReplayState;

constexpr std::size_t kTogether = 50;  // events in one transaction
constexpr std::size_t kMostWaiting = 200;
constexpr std::chrono::seconds kPause{1};  // until fewer wait
constexpr std::chrono::days kRemembered{90};

// Its place at the beginning is the second of its start: times of events have no fractions.
archives::Span rest_of(const Replay& replay) {
  const auto start = std::chrono::floor<std::chrono::seconds>(replay.event_start);
  return {.archive = replay.archive,
          .from = replay.last_event_time.value_or(start),
          .after_seq = replay.last_event,
          .to = replay.event_end,
          .up_to = replay.up_to};
}

Result<QueuedEvent> marked(const KeptEvent& kept, const Replay& replay, const BusName& bus,
                           TimePoint now) {
  auto event = json::parse(kept.body);
  if (!event) return event.error();
  event->members.push_back(
      {std::string(archives::kReplayName), 0, json::string_value(replay.name.name)});
  return QueuedEvent{.id = kept.id,
                     .bus = bus,
                     .resource = kept.resource,
                     .body = json::print(*event),
                     .received_at = now};
}

}  // namespace

jobs::Job replay_job(std::int64_t replay, TimePoint due) {
  return {
      .kind = std::string(kReplayJob), .key = std::to_string(replay), .due = due, .payload = {}};
}

Result<jobs::Verdict> Replayer::run(const jobs::Execution& job) const {
  const auto id = jobs::id_in(job.key);
  const auto replay =
      parts_.database.read([&](sql::Snapshot& view) { return archives::find_replay(view, id); });
  if (!replay) return replay.error();
  if (!*replay) return jobs::Verdict::done();
  const auto bus = parse_bus_arn((*replay)->destination_arn);
  if (!bus) return bus.error();
  if (const auto known = parts_.matcher.look_at(*bus); !known) return known.error();
  const auto done = parts_.database.write([&](sql::Transaction& tx) { return step(tx, id); });
  if (!done) return done.error();
  if (done->ended)
    parts_.log.info("events.replay.ended", {{"replay", archives::replay_arn(done->ended->name)},
                                            {"state", aws::name_of(done->ended->state)}});
  if (!done->next) return jobs::Verdict::done();
  if (done->goes_on) return jobs::Verdict::unfinished(*done->next);
  return done->nothing_done ? jobs::Verdict::postponed(*done->next)
                            : jobs::Verdict::again(*done->next);
}

Result<Replayer::Step> Replayer::step(sql::Transaction& tx, std::int64_t id) const {
  auto found = archives::find_replay(tx, id);
  if (!found) return found.error();
  if (!*found) return Step{};
  auto& replay = **found;
  if (replay.has_ended()) return forget_in_time(tx, replay);
  if (replay.state == ReplayState::Cancelling)
    return end(tx, std::move(replay), ReplayState::Cancelled);
  const auto archive = archives::find_archive(tx, replay.archive);
  if (!archive) return archive.error();
  if (!*archive) return end(tx, std::move(replay), ReplayState::Failed, "The archive was deleted.");
  return go_on(tx, std::move(replay));
}

Result<Replayer::Step> Replayer::forget_in_time(sql::Transaction& tx, const Replay& replay) const {
  const auto last = *replay.ended_at + kRemembered;
  if (parts_.clock.now() < last) return Step{.next = last, .nothing_done = true};
  if (const auto removed = archives::remove_replay(tx, replay.id); !removed) return removed.error();
  return Step{};
}

Result<Replayer::Step> Replayer::go_on(sql::Transaction& tx, Replay replay) const {
  const auto room = has_room(tx, replay.id);
  if (!room) return room.error();
  if (!*room) return Step{.next = parts_.clock.now() + kPause, .nothing_done = true};
  replay.state = ReplayState::Running;
  const auto count = put_some(tx, replay);
  if (!count) return count.error();
  if (*count < kTogether) return end(tx, std::move(replay), ReplayState::Completed);
  if (const auto saved = archives::save_progress(tx, replay); !saved) return saved.error();
  return Step{.next = parts_.clock.now(), .goes_on = true};
}

Result<bool> Replayer::has_room(sql::Transaction& tx, std::int64_t replay) const {
  const auto events = archives::waiting_of(tx, replay);
  if (!events) return events.error();
  auto count = events->size();
  for (const auto event : *events) {
    const auto waiting = waits(tx, event);
    if (!waiting) return waiting.error();
    if (*waiting) continue;
    --count;
    if (const auto forgotten = archives::forget_waiting(tx, replay, event); !forgotten)
      return forgotten.error();
  }
  return count + kTogether <= kMostWaiting;
}

Result<std::size_t> Replayer::put_some(sql::Transaction& tx, Replay& replay) const {
  const auto bus = parse_bus_arn(replay.destination_arn);
  if (!bus) return bus.error();
  const auto events =
      archives::next_kept(tx, rest_of(replay), static_cast<std::int64_t>(kTogether));
  if (!events) return events.error();
  const std::set<std::string> rules(replay.filter_arns.begin(), replay.filter_arns.end());
  for (const auto& kept : *events) {
    const auto event = marked(kept, replay, *bus, parts_.clock.now());
    if (!event) return event.error();
    const auto seq = parts_.matcher.put_again(tx, *event, rules);
    if (!seq) return seq.error();
    replay.last_event_time = kept.happened_at;
    replay.last_event = kept.seq;
    if (!*seq) continue;
    if (const auto noted = archives::note_waiting(tx, replay.id, **seq); !noted)
      return noted.error();
  }
  return events->size();
}

Result<Replayer::Step> Replayer::end(sql::Transaction& tx, Replay replay, ReplayState state,
                                     std::optional<std::string> reason) const {
  replay.state = state;
  replay.state_reason = std::move(reason);
  replay.ended_at = parts_.clock.now();
  if (const auto saved = archives::save_progress(tx, replay); !saved) return saved.error();
  return Step{.next = *replay.ended_at + kRemembered, .ended = std::move(replay)};
}

}  // namespace everseal::events
