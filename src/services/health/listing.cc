#include "services/health/listing.h"

#include <charconv>

#include "aws/pagination.h"
#include "services/health/errors.h"
#include "services/health/event_store.h"

namespace everseal::health {

namespace {

// "1736104919133 17": when it was updated, and its row.
std::string key_of(const EventPosition& position) {
  return std::to_string(to_millis(position.updated_at)) + ' ' + std::to_string(position.id);
}

std::optional<EventPosition> position_from(std::string_view key) {
  std::int64_t millis = 0;
  std::int64_t id = 0;
  const char* const end = key.data() + key.size();
  const auto first = std::from_chars(key.data(), end, millis);
  if (first.ec != std::errc{} || first.ptr == end) return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, id);
  if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
  return EventPosition{from_millis(millis), id};
}

Result<std::optional<EventPosition>, ApiError> start_of(const aws::Listing& listing,
                                                        const Page& page) {
  if (!page.token) return std::optional<EventPosition>{};
  const auto key = aws::page_key(listing, *page.token);
  const auto position = key ? position_from(*key) : std::nullopt;
  if (!position) return invalid_pagination_token();
  return position;
}

}  // namespace

Result<std::optional<std::string>, ApiError> list_events(
    sql::Database& database, const aws::Call& call, const Page& page,
    const std::function<bool(const Event&)>& use) {
  const aws::Listing listing{
      .operation = page.operation, .account = call.caller.account, .region = {}};
  const auto start = start_of(listing, page);
  if (!start) return start.error();
  std::optional<std::string> next;
  EventPosition last{};
  std::size_t looked_at = 0;
  std::size_t taken = 0;
  const auto done = database.read([&](sql::Snapshot& view) {
    return each_event(view, call.caller.account, *start, [&](const Event& event) {
      if (taken == page.size || looked_at == kEventsLookedAt) {  // there is more
        next = aws::page_token(listing, key_of(last));
        return false;
      }
      ++looked_at;
      last = {event.updated_at(), event.id};
      if (use(event)) ++taken;
      return true;
    });
  });
  if (!done) return done.error();
  return next;
}

}  // namespace everseal::health
