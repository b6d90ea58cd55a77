#include "services/health/operations/describe_entity_aggregates.h"

#include "services/health/event_store.h"

namespace everseal::health {

aws::Access DescribeEntityAggregates::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<DescribeEntityAggregates::Response, ApiError> DescribeEntityAggregates::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    Response response;
    for (const auto& arn : request.event_arns) {
      const auto event = find_event(view, call.caller.account, arn);
      if (!event) return event.error();
      if (!*event) continue;
      const std::string status(aws::name_of((*event)->entity_status));
      response.entity_aggregates.push_back(
          {.event_arn = arn, .count = 1, .statuses = {{status, 1}}});
    }
    return response;
  });
}

}  // namespace everseal::health
