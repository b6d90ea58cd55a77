#include "services/health/operations/describe_event_details.h"

#include "services/health/errors.h"
#include "services/health/event_store.h"
#include "services/health/texts.h"

namespace everseal::health {

namespace {

DescribeEventDetails::Failure not_found(const std::string& arn, Language language) {
  return {.event_arn = arn,
          .error_name = "InvalidEventArn",
          .error_message = std::string(no_such_event(language))};
}

}  // namespace

aws::Access DescribeEventDetails::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<DescribeEventDetails::Response, ApiError> DescribeEventDetails::operator()(
    const Request& request, const aws::Call& call) const {
  const auto language = language_of(request.locale);
  if (!language) return unsupported_locale(*request.locale);
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    Response response;
    for (const auto& arn : request.event_arns) {
      const auto event = find_event(view, call.caller.account, arn);
      if (!event) return event.error();
      if (!*event) {
        response.failed_set.push_back(not_found(arn, *language));
        continue;
      }
      response.successful_set.push_back(
          {.event = shape_of(**event),
           .event_description = {description_of(**event, *language, "\n")},
           .event_metadata = {}});
    }
    return response;
  });
}

}  // namespace everseal::health
