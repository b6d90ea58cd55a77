#include "services/events/operations/test_event_pattern.h"

#include <algorithm>
#include <array>

#include "services/events/errors.h"
#include "services/events/json/json.h"
#include "services/events/pattern/pattern.h"

namespace everseal::events {
namespace {

constexpr std::array<std::string_view, 7> kNeeded{"id",     "account",   "source",     "time",
                                                  "region", "resources", "detail-type"};

}  // namespace

aws::Access TestEventPattern::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<TestEventPattern::Response, ApiError> TestEventPattern::operator()(const Request& request,
                                                                          const aws::Call&) const {
  const auto pattern = Pattern::compile(request.event_pattern);
  if (!pattern) return invalid_pattern(pattern.error().reason);
  const auto event = json::parse(request.event);
  const bool complete = event && std::ranges::all_of(kNeeded, [&](std::string_view needed) {
                          return event->find(needed) != nullptr;
                        });
  if (!complete) return invalid("Parameter Event is not valid.");
  return Response{pattern->matches(*event)};
}

}  // namespace everseal::events
