#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/logs/names.h"
#include "sql/database.h"

namespace everseal::logs {

struct Group {
  std::int64_t id = 0;
  GroupName name{};
  std::string log_class = "STANDARD";
  std::optional<std::int64_t> retention_days{};  // nothing: for ever
  std::int64_t stored_octets = 0;
  TimePoint created_at{};

  // Events before that moment are shown to nobody, and erased.
  TimePoint keeps_since(TimePoint now) const;
};

Result<std::optional<Group>> find_group(sql::Snapshot& view, const GroupName& name);
// ResourceNotFoundException
Result<Group, ApiError> require_group(sql::Snapshot& view, const GroupName& name);

// The new one's id. Conflict: there is one of that name.
Result<std::int64_t> add_group(sql::Transaction& tx, const Group& group);

// Those of an account in a region by name, behind `after`, until `use` returns false.
Outcome each_group(sql::Snapshot& view, const GroupName& after,
                   const std::function<bool(const Group&)>& use);

Outcome set_retention(sql::Transaction& tx, std::int64_t group,
                      const std::optional<std::int64_t>& days);
Outcome add_stored_octets(sql::Transaction& tx, std::int64_t group, std::int64_t octets);

// By key.
Result<aws::Tags> tags_of(sql::Snapshot& view, std::int64_t group);
// A key that is there gets the new value.
Outcome put_tag(sql::Transaction& tx, std::int64_t group, std::string_view key,
                std::string_view value);
Outcome remove_tag(sql::Transaction& tx, std::int64_t group, std::string_view key);

// Nobody sees it any more; its name is free.
Outcome hide_group(sql::Transaction& tx, std::int64_t group);

}  // namespace everseal::logs
