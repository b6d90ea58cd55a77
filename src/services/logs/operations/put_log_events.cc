#include "services/logs/operations/put_log_events.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "services/logs/chunk.h"
#include "services/logs/errors.h"
#include "services/logs/group_store.h"
#include "services/logs/names.h"
#include "services/logs/sequence_token.h"
#include "services/logs/stream_store.h"

namespace everseal::logs {
namespace {

using namespace std::chrono_literals;
using Request = PutLogEvents::Request;

constexpr std::size_t most_octets = 1'048'576;
constexpr std::chrono::days most_past{14};
constexpr std::chrono::hours most_future{2};

Result<void, ApiError> check(const std::vector<PutLogEvents::InputLogEvent>& events) {
  std::size_t octets = 0;
  for (const auto& event : events) octets += event.message.size() + octets_beside_message;
  if (octets > most_octets) {
    return invalid("Upload too large: " + std::to_string(octets) + " bytes exceeds limit of " +
                   std::to_string(most_octets));
  }
  if (!std::ranges::is_sorted(events, {}, &PutLogEvents::InputLogEvent::timestamp)) {
    return invalid("Log events in a single PutLogEvents request must be in chronological order.");
  }
  const auto span = events.back().timestamp - events.front().timestamp;
  if (std::chrono::milliseconds{span} > 24h) {
    return invalid(
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  }
  return {};
}

// Which of the events are kept: those from `begin` to before `end`.
struct Kept {
  std::ptrdiff_t begin = 0;
  std::ptrdiff_t end = 0;
  std::optional<PutLogEvents::Rejected> rejected{};
};

Kept kept_of(const std::vector<PutLogEvents::InputLogEvent>& events, const Group& group,
             TimePoint now) {
  const auto position_of = [&](TimePoint moment) {
    const auto found = std::ranges::lower_bound(events, to_millis(moment), {},
                                                &PutLogEvents::InputLogEvent::timestamp);
    return found - events.begin();
  };
  PutLogEvents::Rejected rejected;
  const auto expired = position_of(group.keeps_since(now));
  const auto too_old = position_of(now - most_past);
  const auto too_new = position_of(now + most_future + 1ms);
  if (expired > 0) rejected.expired_log_event_end_index = expired;
  if (too_old > 0) rejected.too_old_log_event_end_index = too_old;
  if (too_new < std::ssize(events)) rejected.too_new_log_event_start_index = too_new;
  Kept kept{.begin = std::max(expired, too_old), .end = too_new};
  const bool are_all = kept.begin == 0 && kept.end == std::ssize(events);
  if (!are_all) kept.rejected = rejected;
  return kept;
}

}  // namespace

aws::Access PutLogEvents::access(const Request& request, const aws::Call& call) const {
  return access_to_stream(call, request.log_group_name, request.log_stream_name);
}

Result<PutLogEvents::Response, ApiError> PutLogEvents::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  if (const auto fine = check(request.log_events); !fine) return fine.error();
  const auto now = clock.now();
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto group = require_group(tx, own_group(call, request.log_group_name));
    if (!group) return group.error();
    const auto stream = require_stream(tx, group->id, request.log_stream_name);
    if (!stream) return stream.error();
    const auto kept = kept_of(request.log_events, *group, now);
    std::vector<Event> events;
    for (auto at = kept.begin; at < kept.end; ++at) {
      const auto& event = request.log_events[static_cast<std::size_t>(at)];
      events.push_back({from_millis(event.timestamp), event.message});
    }
    const auto stored = append(tx, *stream, to_chunks(events), now);
    if (!stored) return stored.error();
    return Response{std::string(sequence_token), kept.rejected};
  });
}

}  // namespace everseal::logs
