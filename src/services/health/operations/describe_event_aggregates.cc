#include "services/health/operations/describe_event_aggregates.h"

#include "services/health/errors.h"
#include "services/health/event_store.h"

namespace everseal::health {

aws::Access DescribeEventAggregates::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<DescribeEventAggregates::Response, ApiError> DescribeEventAggregates::operator()(
    const Request& request, const aws::Call& call) const {
  if (request.next_token) return invalid_pagination_token();
  const auto filter = request.filter.value_or(EventFilter{});
  std::int64_t count = 0;  // all are of one category
  const auto done = database.read([&](sql::Snapshot& view) {
    return each_event(view, call.caller.account, {}, [&](const Event& event) {
      if (passes(filter, event)) ++count;
      return true;
    });
  });
  if (!done) return done.error();
  Response response;
  const std::string category(aws::name_of(EventCategory::ScheduledChange));
  if (count > 0) response.event_aggregates.push_back({.aggregate_value = category, .count = count});
  return response;
}

}  // namespace everseal::health
