#include "services/events/operations/cancel_replay.h"

#include "services/events/errors.h"
#include "services/events/own_archive.h"
#include "services/events/replayer.h"

namespace everseal::events {

using archives::ReplayState;

aws::Access CancelReplay::access(const Request& request, const aws::Call& call) const {
  return aws::on(archives::replay_arn(own_name(call, request.replay_name)));
}

Result<CancelReplay::Response, ApiError> CancelReplay::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    auto replay = own_replay(tx, call, request.replay_name);
    if (!replay) return replay.error();
    if (replay->state != ReplayState::Starting && replay->state != ReplayState::Running)
      return replay_is_over(request.replay_name);
    replay->state = ReplayState::Cancelling;
    if (const auto saved = archives::save_progress(tx, *replay); !saved) return saved.error();
    const auto promised = jobs::add(tx, replay_job(replay->id, clock.now()));
    if (!promised) return promised.error();
    return Response{.replay_arn = archives::replay_arn(replay->name)};
  });
}

}  // namespace everseal::events
