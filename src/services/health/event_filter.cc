#include "services/health/event_filter.h"

#include <algorithm>

namespace everseal::health {

bool admits_time(const std::vector<DateTimeRange>& ranges, TimePoint time) {
  return ranges.empty() || std::ranges::any_of(ranges, [&](const auto& range) {
           return (!range.from || *range.from <= time) && (!range.to || time <= *range.to);
         });
}

bool passes(const EventFilter& filter, const Event& event) {
  // An event has neither tags nor a zone here.
  if (!filter.tags.empty() || !filter.availability_zones.empty()) return false;
  const auto& news = event.news;
  return admits(filter.actionabilities, actionability_of(event)) &&
         admits(filter.event_arns, event.arn) && admits(filter.event_type_codes, event.type_code) &&
         admits(filter.services, kService) && admits(filter.regions, news.region) &&
         admits_time(filter.start_times, event.started_at) &&
         admits_time(filter.end_times, event.ends_at) &&
         admits_time(filter.last_updated_times, event.updated_at()) &&
         admits(filter.entity_arns, entity_arn(event)) &&
         admits(filter.entity_values, news.certificate_arn) &&
         admits(filter.event_type_categories, EventCategory::ScheduledChange) &&
         admits(filter.event_status_codes, event.status) &&
         admits(filter.personas, Persona::Operations);
}

}  // namespace everseal::health
