#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "aws/fields.h"

namespace everseal::events {

// What PutTargets and RemoveTargets say of the targets that they could not change.
struct TargetsAnswer {
  struct FailedEntry {
    std::string target_id;
    std::string error_code;
    std::string error_message;
    static constexpr auto fields =
        std::tuple{aws::always("TargetId", &FailedEntry::target_id),
                   aws::always("ErrorCode", &FailedEntry::error_code),
                   aws::always("ErrorMessage", &FailedEntry::error_message)};
  };
  std::int32_t failed_entry_count = 0;
  std::vector<FailedEntry> failed_entries;
  static constexpr auto fields =
      std::tuple{aws::always("FailedEntryCount", &TargetsAnswer::failed_entry_count),
                 aws::always("FailedEntries", &TargetsAnswer::failed_entries)};
};

}  // namespace everseal::events
