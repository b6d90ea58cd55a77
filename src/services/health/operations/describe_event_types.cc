#include "services/health/operations/describe_event_types.h"

#include "services/health/errors.h"
#include "services/health/event_filter.h"
#include "services/health/language.h"

namespace everseal::health {

namespace {

using EventType = DescribeEventTypes::EventType;

EventType type(std::string_view code, Actionability actionability) {
  return {.service = std::string(kService),
          .code = std::string(code),
          .category = EventCategory::ScheduledChange,
          .actionability = actionability,
          .personas = {Persona::Operations}};
}

bool passes(const DescribeEventTypes::Filter& filter, const EventType& type) {
  return admits(filter.event_type_codes, type.code) && admits(filter.services, type.service) &&
         admits(filter.event_type_categories, type.category) &&
         admits(filter.actionabilities, type.actionability) &&
         admits(filter.personas, Persona::Operations);
}

}  // namespace

aws::Access DescribeEventTypes::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<DescribeEventTypes::Response, ApiError> DescribeEventTypes::operator()(
    const Request& request, const aws::Call&) const {
  if (!language_of(request.locale)) return unsupported_locale(*request.locale);
  if (request.next_token) return invalid_pagination_token();
  const auto filter = request.filter.value_or(Filter{});
  Response response;
  for (const auto& one : {type(kRenewalFailure, Actionability::ActionRequired),
                          type(kRenewalStateChange, Actionability::ActionMayBeRequired)}) {
    if (passes(filter, one)) response.event_types.push_back(one);
  }
  return response;
}

}  // namespace everseal::health
