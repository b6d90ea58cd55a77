#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/fields.h"
#include "clock/clock.h"
#include "services/events/archives/archive.h"
#include "services/events/shapes.h"

// Shapes of the model that several operations on archives and replays have.
namespace everseal::events::shapes {

template <class Request>
constexpr auto archive_name(std::string Request::* member) {
  return aws::required("ArchiveName", member, aws::length(1, 48), aws::pattern(kName));
}
template <class Request>
constexpr auto replay_name(std::string Request::* member) {
  return aws::required("ReplayName", member, aws::length(1, 64), aws::pattern(kName));
}
template <class Request>
constexpr auto retention_days(std::optional<std::int32_t> Request::* member) {
  return aws::optional("RetentionDays", member, aws::range(0, INT32_MAX));
}
template <class Request>
constexpr auto event_pattern(std::optional<std::string> Request::* member) {
  return aws::optional("EventPattern", member, aws::length(0, 4096));
}
template <class Request>
constexpr auto description(std::optional<std::string> Request::* member) {
  return aws::optional("Description", member, aws::length(0, 512));
}
template <class Request>
constexpr auto key_identifier(std::optional<std::string> Request::* member) {
  return aws::optional("KmsKeyIdentifier", member, aws::length(0, 2048));
}

// Of an operation about one archive.
struct ArchiveRequest {
  std::string archive_name;
  static constexpr auto fields = std::tuple{shapes::archive_name(&ArchiveRequest::archive_name)};
};
struct ReplayRequest {
  std::string replay_name;
  static constexpr auto fields = std::tuple{shapes::replay_name(&ReplayRequest::replay_name)};
};

// What CreateArchive and UpdateArchive answer.
struct ArchiveAnswer {
  std::string archive_arn;
  archives::ArchiveState state = archives::ArchiveState::Enabled;
  TimePoint creation_time;
  static constexpr auto fields =
      std::tuple{aws::always("ArchiveArn", &ArchiveAnswer::archive_arn),
                 aws::always("State", &ArchiveAnswer::state),
                 aws::always("CreationTime", &ArchiveAnswer::creation_time)};
};

struct ReplayDestination {
  std::string arn;
  std::vector<std::string> filter_arns;
  static constexpr auto fields =
      std::tuple{aws::required("Arn", &ReplayDestination::arn, aws::length(1, 1600)),
                 aws::optional("FilterArns", &ReplayDestination::filter_arns,
                               aws::each(aws::length(1, 1600)))};
};

}  // namespace everseal::events::shapes
