#include "services/logs/operations/filter_log_events.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "aws/pagination.h"
#include "services/logs/asking.h"
#include "services/logs/errors.h"
#include "services/logs/event_page.h"
#include "services/logs/filter_pattern.h"
#include "services/logs/group_store.h"
#include "services/logs/stream_store.h"

namespace everseal::logs {
namespace {

using Request = FilterLogEvents::Request;

constexpr auto largest = std::numeric_limits<std::int64_t>::max();

// The streams of one request by their ids. Those that are gone have no name.
class Streams {
 public:
  Streams(sql::Snapshot& view, const Request& request) : view_(view), request_(request) {}

  // ResourceNotFoundException: one that the request names is not there.
  Result<std::vector<Stream>, ApiError> named(std::int64_t group) {
    std::vector<Stream> streams;
    for (const auto& name : request_.log_stream_names) {
      auto stream = require_stream(view_, group, name);
      if (!stream) return stream.error();
      wanted_[stream->id] = true;
      streams.push_back(*std::move(stream));
    }
    return streams;
  }

  Result<bool> is_wanted(std::int64_t stream) {
    if (const auto known = wanted_.find(stream); known != wanted_.end()) return known->second;
    const auto name = name_of(stream);
    if (!name) return name.error();
    const auto prefix = request_.log_stream_name_prefix.value_or("");
    const bool may_be = request_.log_stream_names.empty() && *name;
    return wanted_[stream] = may_be && (*name)->starts_with(prefix);
  }

  Result<std::optional<std::string>> name_of(std::int64_t stream) {
    if (const auto known = names_.find(stream); known != names_.end()) return known->second;
    const auto name = name_of_stream(view_, stream);
    if (!name) return name.error();
    return names_[stream] = *name;
  }

 private:
  sql::Snapshot& view_;
  const Request& request_;
  std::map<std::int64_t, bool> wanted_;
  std::map<std::int64_t, std::optional<std::string>> names_;
};

// Digits, as AWS has them: the moment, the chunk and the place in it.
std::string id_of(const EventKey& key) {
  const auto padded = [](std::int64_t number, std::size_t width) {
    const auto digits = std::to_string(number);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
  };
  return padded(to_millis(key.at), 17) + padded(key.chunk, 20) + padded(key.index, 19);
}

Result<EventQuery, ApiError> query_of(const Request& request, const aws::Listing& listing) {
  EventQuery query{.until = from_millis(request.end_time.value_or(largest))};
  query.most_events = static_cast<std::size_t>(request.limit.value_or(largest_event_page));
  if (!request.next_token) return query;
  const auto key = aws::page_key(listing, *request.next_token);
  query.beyond = key ? EventKey::parse(*key) : std::nullopt;
  if (!query.beyond) return not_a_token();
  return query;
}

Result<void, ApiError> fill(FilterLogEvents::Response& response, EventPage page, Streams& streams) {
  for (auto& event : page.events) {
    const auto name = streams.name_of(event.stream);
    if (!name) return ApiError(name.error());
    response.events.push_back({name->value_or(""), to_millis(event.key.at),
                               std::move(event.message), to_millis(event.ingested_at),
                               id_of(event.key)});
  }
  return {};
}

}  // namespace

aws::Access FilterLogEvents::access(const Request& request, const aws::Call& call) const {
  const auto group = asked_group(request.log_group_name, request.log_group_identifier, call);
  return access_to_group(call, group ? group->name : "");
}

Result<FilterLogEvents::Response, ApiError> FilterLogEvents::operator()(
    const Request& request, const aws::Call& call) const {
  const auto group_name = asked_group(request.log_group_name, request.log_group_identifier, call);
  if (!group_name) return group_name.error();
  if (!request.log_stream_names.empty() && request.log_stream_name_prefix) {
    return invalid("logStreamNames and logStreamNamePrefix are mutually exclusive parameters.");
  }
  const auto pattern = FilterPattern::parse(request.filter_pattern.value_or(""));
  if (!pattern) return pattern.error();
  const aws::Listing listing{"logs:FilterLogEvents", group_name->account, group_name->region,
                             group_name->name};
  const auto asked = query_of(request, listing);
  if (!asked) return asked.error();
  const auto now = clock.now();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto group = require_group(view, *group_name);
    if (!group) return group.error();
    Streams streams(view, request);
    const auto named = streams.named(group->id);
    if (!named) return named.error();
    auto query = *asked;
    query.group = group->id;
    query.from = std::max(from_millis(request.start_time.value_or(0)), group->keeps_since(now));
    if (named->size() == 1) query.stream = named->front().id;
    query.stream_passes = [&](std::int64_t stream) { return streams.is_wanted(stream); };
    if (!pattern->matches_all()) {
      query.message_passes = [&](std::string_view text) { return pattern->matches(text); };
    }
    auto page = read_page(view, query);
    if (!page) return ApiError(page.error());
    Response response;
    if (page->next) response.next_token = aws::page_token(listing, page->next->text());
    const auto filled = fill(response, *std::move(page), streams);
    if (!filled) return filled.error();
    return response;
  });
}

}  // namespace everseal::logs
