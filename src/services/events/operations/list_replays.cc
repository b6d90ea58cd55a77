#include "services/events/operations/list_replays.h"

#include <string>

#include "services/events/archive_rules.h"
#include "services/events/errors.h"
#include "services/events/own_archive.h"
#include "services/events/pages.h"

namespace everseal::events {
namespace {

using archives::Replay;

ListReplays::Item shown(const Replay& replay) {
  return {.replay_name = replay.name.name,
          .event_source_arn = replay.source_arn,
          .state = replay.state,
          .state_reason = replay.state_reason,
          .event_start_time = replay.event_start,
          .event_end_time = replay.event_end,
          .event_last_replayed_time = replay.last_event_time,
          .replay_start_time = replay.started_at,
          .replay_end_time = replay.ended_at};
}

std::string selection_of(const archives::ReplayChoice& choice) {
  return choice.prefix + " " +
         std::string(choice.state ? aws::name_of(*choice.state) : std::string_view()) + " " +
         choice.source_arn.value_or("");
}

}  // namespace

aws::Access ListReplays::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<ListReplays::Response, ApiError> ListReplays::operator()(const Request& request,
                                                                const aws::Call& call) const {
  if (has_several_filters(request)) return too_many_filters(name);
  const archives::ReplayChoice choice{request.name_prefix.value_or(""), request.state,
                                      request.event_source_arn};
  const auto page = page_of(name, call, selection_of(choice), request.next_token, request.limit);
  if (!page) return page.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    auto found = archives::list_replays(view, own_name(call, page->after()), choice, page->limit());
    if (!found) return found.error();
    Response response;
    response.next_token = page->cut(*found, [](const Replay& replay) { return replay.name.name; });
    for (const auto& replay : *found) response.replays.push_back(shown(replay));
    return response;
  });
}

}  // namespace everseal::events
