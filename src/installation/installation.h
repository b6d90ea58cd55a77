#pragma once

#include <optional>
#include <string>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "sql/database.h"

// What one set of data is, said once by `everseal init` and read at every start.
namespace everseal::installation {

struct Installation {
  std::string account_id;  // twelve digits
  std::string region;      // the one `everseal env` tells clients; every other works too
  Bytes vault_check;       // names the master key, see keys::Vault::check_value
};

// Conflict: there is one already.
Outcome create(sql::Transaction& tx, const Installation& installation);
// Nothing if the data was never initialised.
Result<std::optional<Installation>> load(sql::Snapshot& view);

// Writes a row that nobody reads: it shows whether the storage takes writes.
Outcome write_for_health(sql::Transaction& tx);

// Which clock the data lives by. The first start decides: data whose certificates, jobs and log
// have seen real time must never be moved, and data that was moved must never meet real time.
enum class ClockKind { Wall, Virtual };

// Conflict: the data has lived by the other clock.
Outcome check_clock(sql::Snapshot& view, ClockKind kind);
// The same, and from now on the data lives by that clock.
Outcome bind_clock(sql::Transaction& tx, ClockKind kind);

// The virtual clock goes on where it stood.
Outcome store_virtual_time(sql::Transaction& tx, TimePoint time);
Result<std::optional<TimePoint>> virtual_time(sql::Snapshot& view);

}  // namespace everseal::installation
