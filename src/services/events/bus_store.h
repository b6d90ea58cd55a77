#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/events/names.h"
#include "sql/database.h"

namespace everseal::events {

struct Bus {
  BusName name;
  std::optional<std::string> description;
  std::int64_t revision = 0;               // of its rules and their targets
  std::optional<TimePoint> created_at;     // of the default bus: nobody made it
  std::optional<std::string> policy{};     // JSON
  std::optional<TimePoint> modified_at{};  // description or policy, after it was made
};

// The default bus is always there.
Result<std::optional<Bus>> find_bus(sql::Snapshot& view, const BusName& name);
// Those of an account in a region whose names begin so and come after that one, the default bus
// among them, by name.
Result<std::vector<Bus>> list_buses(sql::Snapshot& view, const BusName& after,
                                    std::string_view prefix, std::int64_t limit);
// With a revision of nothing. Conflict: it is there.
Outcome add_bus(sql::Transaction& tx, const Bus& bus);
// Its description and its policy; of the default bus also if nothing is stored of it yet.
Outcome change_bus(sql::Transaction& tx, const Bus& bus, TimePoint now);
Outcome remove_bus(sql::Transaction& tx, const BusName& name);

// Its rules or their targets have changed: whoever has compiled them does it again. The revision is
// a random number, so that a bus that is removed and made again never has one a second time.
Outcome note_change(sql::Transaction& tx, const BusName& name, TimePoint now, Random& random);

// Whether some rule of the bus could want an event.
Result<bool> somebody_listens(sql::Snapshot& view, const BusName& name);
Result<bool> has_rules(sql::Snapshot& view, const BusName& name);

}  // namespace everseal::events
