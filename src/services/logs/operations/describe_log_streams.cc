#include "services/logs/operations/describe_log_streams.h"

#include <charconv>
#include <string>
#include <utility>

#include "aws/pagination.h"
#include "services/logs/asking.h"
#include "services/logs/errors.h"
#include "services/logs/group_store.h"
#include "services/logs/names.h"
#include "services/logs/sequence_token.h"
#include "services/logs/stream_store.h"

namespace everseal::logs {
namespace {

using Request = DescribeLogStreams::Request;

constexpr int looked_at = 5000;  // for one page

std::optional<std::int64_t> millis(const std::optional<TimePoint>& time) {
  return time ? std::optional(to_millis(*time)) : std::nullopt;
}

DescribeLogStreams::LogStream shown(const GroupName& group, const Stream& stream) {
  return {.log_stream_name = stream.name,
          .creation_time = to_millis(stream.created_at),
          .first_event_timestamp = millis(stream.first_event),
          .last_event_timestamp = millis(stream.last_event),
          .last_ingestion_time = millis(stream.last_ingestion),
          .upload_sequence_token = std::string(sequence_token),
          .arn = arn_of(StreamName{group, stream.name}),
          .stored_bytes = 0};
}

StreamOrder order_of(const Request& request) {
  const bool is_descending = request.descending.value_or(false);
  if (request.order_by.value_or(OrderBy::LogStreamName) == OrderBy::LogStreamName) {
    return is_descending ? StreamOrder::ByNameDescending : StreamOrder::ByName;
  }
  return is_descending ? StreamOrder::ByEventDescending : StreamOrder::ByEvent;
}

std::string key_of(const Stream& stream) {
  return std::to_string(to_millis(stream.last_event.value_or(TimePoint{}))) + " " + stream.name;
}

std::optional<StreamPosition> position_in(std::string_view key) {
  std::int64_t number = 0;
  const auto* last = key.data() + key.size();
  const auto [end, error] = std::from_chars(key.data(), last, number);
  if (error != std::errc() || end == last || *end != ' ') return std::nullopt;
  return StreamPosition{from_millis(number), std::string(end + 1, last)};
}

}  // namespace

aws::Access DescribeLogStreams::access(const Request& request, const aws::Call& call) const {
  const auto group = asked_group(request.log_group_name, request.log_group_identifier, call);
  return access_to_group(call, group ? group->name : "");
}

Result<DescribeLogStreams::Response, ApiError> DescribeLogStreams::operator()(
    const Request& request, const aws::Call& call) const {
  const auto order = order_of(request);
  const bool is_by_name = order == StreamOrder::ByName || order == StreamOrder::ByNameDescending;
  if (!is_by_name && request.log_stream_name_prefix) {
    return invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
  }
  const auto group_name = asked_group(request.log_group_name, request.log_group_identifier, call);
  if (!group_name) return group_name.error();
  const auto prefix = request.log_stream_name_prefix.value_or("");
  const auto selection = std::to_string(static_cast<int>(order)) + group_name->name + ":" + prefix;
  const aws::Listing listing{"logs:DescribeLogStreams", group_name->account, group_name->region,
                             selection};
  std::optional<StreamPosition> after;
  if (request.next_token) {
    const auto key = aws::page_key(listing, *request.next_token);
    after = key ? position_in(*key) : std::nullopt;
    if (!after) return not_a_token();
  }
  const auto page = static_cast<std::size_t>(request.limit.value_or(largest_page));
  Response response;
  std::string last;
  int count = 0;
  const auto use = [&](const Stream& stream) {
    if (response.log_streams.size() == page || count++ == looked_at) {
      response.next_token = aws::page_token(listing, last);
      return false;
    }
    last = key_of(stream);
    if (stream.name.starts_with(prefix)) response.log_streams.push_back(shown(*group_name, stream));
    const bool is_behind =
        order == StreamOrder::ByName && stream.name > prefix && !stream.name.starts_with(prefix);
    return !is_behind;
  };
  const auto done = database.read([&](sql::Snapshot& view) -> Result<void, ApiError> {
    const auto group = require_group(view, *group_name);
    if (!group) return group.error();
    if (!after && order == StreamOrder::ByName && !prefix.empty()) {
      after = StreamPosition{TimePoint{}, just_before(prefix)};
    }
    const auto listed = each_stream(view, group->id, order, after, use);
    if (!listed) return ApiError(listed.error());
    return {};
  });
  if (!done) return done.error();
  return response;
}

}  // namespace everseal::logs
