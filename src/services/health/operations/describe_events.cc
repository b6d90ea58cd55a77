#include "services/health/operations/describe_events.h"

#include "services/health/errors.h"
#include "services/health/language.h"
#include "services/health/listing.h"

namespace everseal::health {

aws::Access DescribeEvents::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<DescribeEvents::Response, ApiError> DescribeEvents::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  if (!language_of(request.locale)) return unsupported_locale(*request.locale);
  const auto filter = request.filter.value_or(EventFilter{});
  const Page page{.operation = "health:DescribeEvents",
                  .token = request.next_token,
                  .size = static_cast<std::size_t>(request.max_results.value_or(100))};
  Response response;
  const auto next = list_events(database, call, page, [&](const Event& event) {
    if (!passes(filter, event)) return false;
    response.events.push_back(shape_of(event));
    return true;
  });
  if (!next) return next.error();
  response.next_token = *next;
  return response;
}

}  // namespace everseal::health
