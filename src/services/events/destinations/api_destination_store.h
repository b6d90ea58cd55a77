#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/events/destinations/names.h"
#include "services/events/destinations/shapes.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// A system outside that takes events as HTTP requests.
struct ApiDestination {
  std::int64_t id = 0;
  Name name;
  std::string arn;
  std::optional<std::string> description{};
  // Of its connection, as it was when it was said; and whether that one is there and authorized.
  std::string connection_arn;
  DestinationState state = DestinationState::Inactive;
  std::string endpoint;
  HttpMethod method = HttpMethod::Post;
  std::int32_t rate = 0;  // requests a second, at most
  TimePoint created_at{};
  TimePoint modified_at{};
};

Result<std::optional<ApiDestination>> find_destination(sql::Snapshot& view, const Name& name);
Result<std::optional<ApiDestination>> find_destination_by_arn(sql::Snapshot& view,
                                                              std::string_view arn);

struct DestinationsWanted {
  std::string prefix;
  std::optional<std::string> connection_arn;
};
// By name, those that come after that one.
Result<std::vector<ApiDestination>> list_destinations(sql::Snapshot& view, const Name& after,
                                                      const DestinationsWanted& wanted,
                                                      std::int64_t limit);
Result<std::int64_t> count_destinations(sql::Snapshot& view, const Name& owner);

// Conflict: there is one of that name.
Outcome add_destination(sql::Transaction& tx, const ApiDestination& destination);
// Writes all but its name, ARN and beginning.
Outcome change_destination(sql::Transaction& tx, const ApiDestination& destination);
Outcome remove_destination(sql::Transaction& tx, std::int64_t id);

}  // namespace everseal::events::destinations
