#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "aws/fields.h"
#include "clock/clock.h"
#include "services/health/event.h"

// What several operations answer.
namespace everseal::health {

struct EventShape {
  std::string arn;
  std::string service;
  std::string event_type_code;
  EventCategory event_type_category{};
  std::string region;
  TimePoint start_time, end_time, last_updated_time;
  EventStatus status_code{};
  std::string event_scope_code;
  Actionability actionability{};
  std::vector<Persona> personas;
  static constexpr auto fields =
      std::tuple{aws::always("arn", &EventShape::arn),
                 aws::always("service", &EventShape::service),
                 aws::always("eventTypeCode", &EventShape::event_type_code),
                 aws::always("eventTypeCategory", &EventShape::event_type_category),
                 aws::always("region", &EventShape::region),
                 aws::always("startTime", &EventShape::start_time),
                 aws::always("endTime", &EventShape::end_time),
                 aws::always("lastUpdatedTime", &EventShape::last_updated_time),
                 aws::always("statusCode", &EventShape::status_code),
                 aws::always("eventScopeCode", &EventShape::event_scope_code),
                 aws::always("actionability", &EventShape::actionability),
                 aws::always("personas", &EventShape::personas)};
};

inline EventShape shape_of(const Event& event) {
  return {.arn = event.arn,
          .service = std::string(kService),
          .event_type_code = std::string(event.type_code),
          .event_type_category = EventCategory::ScheduledChange,
          .region = event.news.region,
          .start_time = event.started_at,
          .end_time = event.ends_at,
          .last_updated_time = event.updated_at(),
          .status_code = event.status,
          .event_scope_code = "ACCOUNT_SPECIFIC",
          .actionability = actionability_of(event),
          .personas = {Persona::Operations}};
}

}  // namespace everseal::health
