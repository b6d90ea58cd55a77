#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "aws/fields.h"
#include "clock/clock.h"
#include "services/health/event.h"

namespace everseal::health {

// Both ends belong to it; either may be open.
struct DateTimeRange {
  std::optional<TimePoint> from, to;
  static constexpr auto fields = std::tuple{aws::optional("from", &DateTimeRange::from),
                                            aws::optional("to", &DateTimeRange::to)};
};

// Which events somebody asks for: all members must hold; of a list, one of its elements.
struct EventFilter {
  std::vector<Actionability> actionabilities{};
  std::vector<std::string> event_arns{};
  std::vector<std::string> event_type_codes{};
  std::vector<std::string> services{};
  std::vector<std::string> regions{};
  std::vector<std::string> availability_zones{};
  std::vector<DateTimeRange> start_times{}, end_times{}, last_updated_times{};
  std::vector<std::string> entity_arns{};
  std::vector<std::string> entity_values{};
  std::vector<EventCategory> event_type_categories{};
  std::vector<std::map<std::string, std::string>> tags{};
  std::vector<EventStatus> event_status_codes{};
  std::vector<Persona> personas{};
  static constexpr auto fields = std::tuple{
      aws::optional("actionabilities", &EventFilter::actionabilities, aws::length(1, 10)),
      aws::optional("eventArns", &EventFilter::event_arns, aws::length(1, 10)),
      aws::optional("eventTypeCodes", &EventFilter::event_type_codes, aws::length(1, 10)),
      aws::optional("services", &EventFilter::services, aws::length(1, 10)),
      aws::optional("regions", &EventFilter::regions, aws::length(1, 10)),
      aws::optional("availabilityZones", &EventFilter::availability_zones),
      aws::optional("startTimes", &EventFilter::start_times, aws::length(1, 10)),
      aws::optional("endTimes", &EventFilter::end_times, aws::length(1, 10)),
      aws::optional("lastUpdatedTimes", &EventFilter::last_updated_times, aws::length(1, 10)),
      aws::optional("entityArns", &EventFilter::entity_arns, aws::length(1, 100)),
      aws::optional("entityValues", &EventFilter::entity_values, aws::length(1, 100)),
      aws::optional("eventTypeCategories", &EventFilter::event_type_categories, aws::length(1, 10)),
      aws::optional("tags", &EventFilter::tags),
      aws::optional("eventStatusCodes", &EventFilter::event_status_codes, aws::length(1, 6)),
      aws::optional("personas", &EventFilter::personas, aws::length(1, 10))};
};

bool passes(const EventFilter& filter, const Event& event);

// Whether one of the ranges holds the time; no range holds all times.
bool admits_time(const std::vector<DateTimeRange>& ranges, TimePoint time);

template <class T, class Value>
bool admits(const std::vector<T>& wanted, const Value& value) {
  for (const auto& one : wanted) {
    if (one == value) return true;
  }
  return wanted.empty();
}

}  // namespace everseal::health
