#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "sql/database.h"

// What passes a bus, kept so that it can be put there again.
namespace everseal::events::archives {

// AWS's states; here an archive is ready as soon as it is there.
enum class ArchiveState { Enabled, Disabled, Creating, Updating, CreateFailed, UpdateFailed };

// Names of archives and replays are unique in an account and region.
struct OwnName {
  std::string account;
  std::string region;
  std::string name;
};

std::string archive_arn(const OwnName& name);  // "arn:aws:events:REGION:ACCOUNT:archive/NAME"
std::string replay_arn(const OwnName& name);   // ".../replay/NAME"
// Malformed: not the ARN of an archive.
Result<OwnName> parse_archive_arn(std::string_view arn);

struct Archive {
  std::int64_t id = 0;
  OwnName name;
  std::string source_arn;  // the bus
  std::optional<std::string> description;
  std::optional<std::string> event_pattern;  // none: everything is kept
  std::int64_t retention_days = 0;           // 0: for ever
  std::int64_t event_count = 0;
  std::int64_t size_octets = 0;
  TimePoint created_at;
};

Result<std::optional<Archive>> find_archive(sql::Snapshot& view, const OwnName& name);
Result<std::optional<Archive>> find_archive(sql::Snapshot& view, std::int64_t id);
// Of one bus.
Result<std::vector<Archive>> archives_of(sql::Snapshot& view, std::string_view source_arn);
// By name, those that begin so and come after that one; of that bus, if one is given.
struct ArchiveChoice {
  std::string prefix{};
  std::optional<std::string> source_arn{};
};
Result<std::vector<Archive>> list_archives(sql::Snapshot& view, const OwnName& after,
                                           const ArchiveChoice& choice, std::int64_t limit);
Result<std::int64_t> count_archives(sql::Snapshot& view, const OwnName& owner);

// Conflict: there is one of that name.
Outcome add_archive(sql::Transaction& tx, const Archive& archive);
// Its description, pattern and retention.
Outcome change_archive(sql::Transaction& tx, const Archive& archive);
// What it keeps is to be removed by its housekeeping (housekeeper.h).
Outcome remove_archive(sql::Transaction& tx, std::int64_t id);

}  // namespace everseal::events::archives

namespace everseal::aws {
template <>
inline constexpr auto names_of<events::archives::ArchiveState> =
    std::to_array<EnumName<events::archives::ArchiveState>>({
        {events::archives::ArchiveState::Enabled, "ENABLED"},
        {events::archives::ArchiveState::Disabled, "DISABLED"},
        {events::archives::ArchiveState::Creating, "CREATING"},
        {events::archives::ArchiveState::Updating, "UPDATING"},
        {events::archives::ArchiveState::CreateFailed, "CREATE_FAILED"},
        {events::archives::ArchiveState::UpdateFailed, "UPDATE_FAILED"},
    });
}  // namespace everseal::aws
