#include "services/logs/operations/get_log_events.h"

#include <limits>
#include <utility>

#include "aws/pagination.h"
#include "services/logs/asking.h"
#include "services/logs/errors.h"
#include "services/logs/event_page.h"
#include "services/logs/group_store.h"
#include "services/logs/stream_store.h"

namespace everseal::logs {
namespace {

constexpr auto largest = std::numeric_limits<std::int64_t>::max();

// "f/..." goes on forwards behind an event, "b/..." backwards.
struct Token {
  Direction direction;
  EventKey beyond;
};

std::string token_text(const aws::Listing& listing, const Token& token) {
  const bool is_forward = token.direction == Direction::Forward;
  return (is_forward ? "f/" : "b/") + aws::page_token(listing, token.beyond.text());
}

Result<Token, ApiError> token_in(const aws::Listing& listing, std::string_view text) {
  const bool is_forward = text.starts_with("f/");
  if (!is_forward && !text.starts_with("b/")) return not_a_token();
  const auto key = aws::page_key(listing, text.substr(2));
  const auto beyond = key ? EventKey::parse(*key) : std::nullopt;
  if (!beyond) return not_a_token();
  return Token{is_forward ? Direction::Forward : Direction::Backward, *beyond};
}

// Where a page begins and ends, even if it is empty.
std::pair<EventKey, EventKey> ends_of(const EventPage& page, const EventQuery& query) {
  if (!page.events.empty()) return {page.events.front().key, page.events.back().key};
  if (page.next) return {*page.next, *page.next};
  if (query.beyond) return {*query.beyond, *query.beyond};
  const bool is_forward = query.direction == Direction::Forward;
  const auto at = is_forward ? EventKey{query.from, -1, -1} : EventKey{query.until, -1, -1};
  return {at, at};
}

}  // namespace

aws::Access GetLogEvents::access(const Request& request, const aws::Call& call) const {
  const auto group = asked_group(request.log_group_name, request.log_group_identifier, call);
  return access_to_stream(call, group ? group->name : "", request.log_stream_name);
}

Result<GetLogEvents::Response, ApiError> GetLogEvents::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  const auto group_name = asked_group(request.log_group_name, request.log_group_identifier, call);
  if (!group_name) return group_name.error();
  const auto selection = group_name->name + ":" + request.log_stream_name;
  const aws::Listing listing{"logs:GetLogEvents", group_name->account, group_name->region,
                             selection};
  EventQuery query{.until = from_millis(request.end_time.value_or(largest))};
  query.direction =
      request.start_from_head.value_or(false) ? Direction::Forward : Direction::Backward;
  query.most_events = static_cast<std::size_t>(request.limit.value_or(largest_event_page));
  if (request.next_token) {
    const auto token = token_in(listing, *request.next_token);
    if (!token) return token.error();
    query.direction = token->direction;
    query.beyond = token->beyond;
  }
  const auto now = clock.now();
  const auto page = database.read([&](sql::Snapshot& view) -> Result<EventPage, ApiError> {
    const auto group = require_group(view, *group_name);
    if (!group) return group.error();
    const auto stream = require_stream(view, group->id, request.log_stream_name);
    if (!stream) return stream.error();
    query.group = group->id;
    query.stream = stream->id;
    query.from = std::max(from_millis(request.start_time.value_or(0)), group->keeps_since(now));
    auto read = read_page(view, query);
    if (!read) return ApiError(read.error());
    return *std::move(read);
  });
  if (!page) return page.error();
  const auto [first, last] = ends_of(*page, query);
  Response response{.events = {},
                    .next_forward_token = token_text(listing, {Direction::Forward, last}),
                    .next_backward_token = token_text(listing, {Direction::Backward, first})};
  for (const auto& event : page->events) {
    response.events.push_back(
        {to_millis(event.key.at), event.message, to_millis(event.ingested_at)});
  }
  return response;
}

}  // namespace everseal::logs
