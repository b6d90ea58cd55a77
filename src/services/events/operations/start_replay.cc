#include "services/events/operations/start_replay.h"

#include "services/events/archives/kept_events.h"
#include "services/events/errors.h"
#include "services/events/own_archive.h"
#include "services/events/own_rule.h"
#include "services/events/replayer.h"
#include "services/events/settings.h"

namespace everseal::events {
namespace {

using archives::Archive;
using archives::Replay;

Result<Archive, ApiError> source_of(sql::Snapshot& view, const StartReplay::Request& request,
                                    const aws::Call& call) {
  const auto name = archives::parse_archive_arn(request.event_source_arn);
  if (!name) return invalid_parameter("EventSourceArn", "Must contain an archive ARN.");
  auto found = archives::find_archive(view, own_name(call, name->name));
  if (!found) return found.error();
  if (!*found || archives::archive_arn((*found)->name) != request.event_source_arn)
    return invalid_parameter("EventSourceArn", "Archive " + name->name + " does not exist.");
  if ((*found)->source_arn != request.destination.arn)
    return invalid_parameter("Destination.Arn", "Cross event bus replay is not permitted.");
  return **std::move(found);
}

Result<void, ApiError> check_filters(sql::Snapshot& view, const BusName& bus,
                                     const std::vector<std::string>& arns) {
  for (const auto& arn : arns) {
    const RuleName rule{bus, arn.substr(arn.rfind('/') + 1)};
    if (rule_arn(rule) != arn)
      return invalid_parameter("Destination.FilterArns", "Must contain ARNs of rules of the bus.");
    const auto found = find_rule(view, rule);
    if (!found) return found.error();
    if (!*found) return no_such_rule(rule);
  }
  return {};
}

Result<void, ApiError> make_room(sql::Snapshot& view, const archives::OwnName& name) {
  const auto found = archives::find_replay(view, name);
  if (!found) return found.error();
  if (*found) return replay_exists(name.name);
  const auto running = archives::count_running(view, name);
  if (!running) return running.error();
  if (*running >= kMostReplays) return over_limit();
  return {};
}

Replay replay_of(const StartReplay::Request& request, const aws::Call& call) {
  return {.name = own_name(call, request.replay_name),
          .description = request.description,
          .source_arn = request.event_source_arn,
          .destination_arn = request.destination.arn,
          .filter_arns = request.destination.filter_arns,
          .event_start = request.event_start_time,
          .event_end = request.event_end_time};
}

// In the transaction that found the archive.
Outcome start(sql::Transaction& tx, Replay& replay) {
  const auto last = archives::last_kept(tx);
  if (!last) return last.error();
  replay.up_to = *last;
  const auto id = archives::add_replay(tx, replay);
  if (!id) return id.error();
  return jobs::add(tx, replay_job(*id, replay.started_at));
}

}  // namespace

aws::Access StartReplay::access(const Request& request, const aws::Call& call) const {
  return {.resources = {archives::replay_arn(own_name(call, request.replay_name)),
                        request.event_source_arn, request.destination.arn}};
}

Result<StartReplay::Response, ApiError> StartReplay::operator()(const Request& request,
                                                                const aws::Call& call) const {
  const auto bus = parse_bus_arn(request.destination.arn);
  if (!bus) return invalid_parameter("Destination.Arn", "Must contain an event bus ARN.");
  if (request.event_start_time >= request.event_end_time)
    return invalid_parameter("EventEndTime", "EventStartTime must be before EventEndTime.");
  auto replay = replay_of(request, call);
  replay.started_at = clock.now();
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    if (const auto found = own_bus(tx, call, *bus); !found) return found.error();
    const auto archive = source_of(tx, request, call);
    if (!archive) return archive.error();
    const auto heard = check_filters(tx, *bus, request.destination.filter_arns);
    if (!heard) return heard.error();
    if (const auto room = make_room(tx, replay.name); !room) return room.error();
    replay.archive = archive->id;
    if (const auto started = start(tx, replay); !started) return started.error();
    return Response{.replay_arn = archives::replay_arn(replay.name),
                    .replay_start_time = replay.started_at};
  });
}

}  // namespace everseal::events
