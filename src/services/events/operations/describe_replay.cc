#include "services/events/operations/describe_replay.h"

#include "services/events/own_archive.h"

namespace everseal::events {

aws::Access DescribeReplay::access(const Request& request, const aws::Call& call) const {
  return aws::on(archives::replay_arn(own_name(call, request.replay_name)));
}

Result<DescribeReplay::Response, ApiError> DescribeReplay::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto replay = own_replay(view, call, request.replay_name);
    if (!replay) return replay.error();
    return Response{.replay_name = replay->name.name,
                    .replay_arn = archives::replay_arn(replay->name),
                    .description = replay->description,
                    .state = replay->state,
                    .state_reason = replay->state_reason,
                    .event_source_arn = replay->source_arn,
                    .destination = {replay->destination_arn, replay->filter_arns},
                    .event_start_time = replay->event_start,
                    .event_end_time = replay->event_end,
                    .event_last_replayed_time = replay->last_event_time,
                    .replay_start_time = replay->started_at,
                    .replay_end_time = replay->ended_at};
  });
}

}  // namespace everseal::events
