#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/events/destinations/connection.h"
#include "services/events/destinations/names.h"
#include "sql/database.h"

namespace everseal::events::destinations {

Result<std::optional<Connection>> find_connection(sql::Snapshot& view, const Name& name);
Result<std::optional<Connection>> find_connection_by_arn(sql::Snapshot& view, std::string_view arn);
Result<std::optional<Connection>> find_connection_by_id(sql::Snapshot& view, std::int64_t id);

struct ConnectionsWanted {
  std::string prefix;
  std::optional<ConnectionState> state;
};
// By name, those that come after that one.
Result<std::vector<Connection>> list_connections(sql::Snapshot& view, const Name& after,
                                                 const ConnectionsWanted& wanted,
                                                 std::int64_t limit);
Result<std::int64_t> count_connections(sql::Snapshot& view, const Name& owner);

// Its id. Conflict: there is one of that name.
Result<std::int64_t> add_connection(sql::Transaction& tx, const Connection& connection);
// Writes all but its name, ARN and beginning, with the next revision.
Outcome change_connection(sql::Transaction& tx, const Connection& connection);
// What became of an attempt to authorize it, unless it has changed since. False: it has, or is
// gone.
Result<bool> note_authorized(sql::Transaction& tx, const Connection& connection, TimePoint now);
Outcome note_not_authorized(sql::Transaction& tx, const Connection& connection,
                            std::string_view reason);
Outcome remove_connection(sql::Transaction& tx, std::int64_t id);

}  // namespace everseal::events::destinations
