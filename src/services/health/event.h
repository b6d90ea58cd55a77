#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "aws/fields.h"
#include "clock/clock.h"

namespace everseal::health {

enum class EventStatus { Open, Closed, Upcoming };
enum class EntityStatus { Impaired, Unimpaired, Unknown, Pending, Resolved };
enum class EventCategory { Issue, AccountNotification, ScheduledChange, Investigation };
enum class Actionability { ActionRequired, ActionMayBeRequired, Informational };
enum class Persona { Operations, Security, Billing };

// How a certificate's renewal stands.
enum class Stage { Completed, NeedsAction, EndsSoon, Ended };

inline constexpr std::string_view kService = "ACM";
inline constexpr std::string_view kRenewalStateChange = "AWS_ACM_RENEWAL_STATE_CHANGE";
inline constexpr std::string_view kRenewalFailure = "AWS_ACM_RENEWAL_FAILURE";

// What is known of one certificate's renewal.
struct RenewalNews {
  Stage stage = Stage::Completed;
  std::string certificate_arn;
  std::string account;
  std::string region;
  std::string domain_name;
  std::int64_t domains = 1;  // with the domain name
  TimePoint not_after;       // of Completed: the new one's
  std::string reason{};      // why an attempt failed: "PCA_ACCESS_DENIED"; empty if none did
  std::string remedy{};      // what to do about it: a sentence, or empty
  TimePoint time{};
};

// An event of AWS Health: open while something is to come or to do, and updated then; closed when a
// renewal has succeeded.
struct Event {
  std::int64_t id = 0;  // of its row
  std::string arn;
  std::string_view type_code = kRenewalStateChange;
  EventStatus status = EventStatus::Open;
  TimePoint started_at;
  TimePoint ends_at;  // when it was closed; of an open one, when the certificate ends
  std::int64_t revision = 1;
  EntityStatus entity_status = EntityStatus::Pending;
  RenewalNews news;  // the last

  TimePoint updated_at() const { return news.time; }
};

// What the API says of an event that follows from its kind.
Actionability actionability_of(const Event& event);

// arn:aws:health:us-east-1:111122223333:entity/<uuid>
std::string entity_arn(const Event& event);

}  // namespace everseal::health

namespace everseal::aws {

template <>
inline constexpr auto names_of<health::EventStatus> = std::to_array<EnumName<health::EventStatus>>({
    {health::EventStatus::Open, "open"},
    {health::EventStatus::Closed, "closed"},
    {health::EventStatus::Upcoming, "upcoming"},
});

template <>
inline constexpr auto names_of<health::EntityStatus> =
    std::to_array<EnumName<health::EntityStatus>>({
        {health::EntityStatus::Impaired, "IMPAIRED"},
        {health::EntityStatus::Unimpaired, "UNIMPAIRED"},
        {health::EntityStatus::Unknown, "UNKNOWN"},
        {health::EntityStatus::Pending, "PENDING"},
        {health::EntityStatus::Resolved, "RESOLVED"},
    });

template <>
inline constexpr auto names_of<health::EventCategory> =
    std::to_array<EnumName<health::EventCategory>>({
        {health::EventCategory::Issue, "issue"},
        {health::EventCategory::AccountNotification, "accountNotification"},
        {health::EventCategory::ScheduledChange, "scheduledChange"},
        {health::EventCategory::Investigation, "investigation"},
    });

template <>
inline constexpr auto names_of<health::Actionability> =
    std::to_array<EnumName<health::Actionability>>({
        {health::Actionability::ActionRequired, "ACTION_REQUIRED"},
        {health::Actionability::ActionMayBeRequired, "ACTION_MAY_BE_REQUIRED"},
        {health::Actionability::Informational, "INFORMATIONAL"},
    });

template <>
inline constexpr auto names_of<health::Persona> = std::to_array<EnumName<health::Persona>>({
    {health::Persona::Operations, "OPERATIONS"},
    {health::Persona::Security, "SECURITY"},
    {health::Persona::Billing, "BILLING"},
});

template <>
inline constexpr auto names_of<health::Stage> = std::to_array<EnumName<health::Stage>>({
    {health::Stage::Completed, "COMPLETED"},
    {health::Stage::NeedsAction, "NEEDS_ACTION"},
    {health::Stage::EndsSoon, "ENDS_SOON"},
    {health::Stage::Ended, "ENDED"},
});

}  // namespace everseal::aws
