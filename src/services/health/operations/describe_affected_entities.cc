#include "services/health/operations/describe_affected_entities.h"

#include "services/health/errors.h"
#include "services/health/event_store.h"
#include "services/health/language.h"

namespace everseal::health {

namespace {

using Filter = DescribeAffectedEntities::Filter;
using Entity = DescribeAffectedEntities::Entity;

bool passes(const Filter& filter, const Event& event) {
  return filter.tags.empty() && admits(filter.entity_arns, entity_arn(event)) &&
         admits(filter.entity_values, event.news.certificate_arn) &&
         admits_time(filter.last_updated_times, event.updated_at()) &&
         admits(filter.status_codes, event.entity_status);
}

Entity entity_of(const Event& event) {
  return {.entity_arn = entity_arn(event),
          .event_arn = event.arn,
          .entity_value = event.news.certificate_arn,
          .aws_account_id = event.news.account,
          .last_updated_time = event.updated_at(),
          .status_code = event.entity_status};
}

}  // namespace

aws::Access DescribeAffectedEntities::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<DescribeAffectedEntities::Response, ApiError> DescribeAffectedEntities::operator()(
    const Request& request, const aws::Call& call) const {
  if (!language_of(request.locale)) return unsupported_locale(*request.locale);
  if (request.next_token) return invalid_pagination_token();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    Response response;
    for (const auto& arn : request.filter.event_arns) {
      const auto event = find_event(view, call.caller.account, arn);
      if (!event) return event.error();
      if (*event && passes(request.filter, **event)) {
        response.entities.push_back(entity_of(**event));
      }
    }
    return response;
  });
}

}  // namespace everseal::health
