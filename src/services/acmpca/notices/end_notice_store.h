#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "services/acmpca/model/enums.h"
#include "sql/database.h"

namespace everseal::acmpca {

// The certificate of a CA that is in use, and what was told of its end.
struct Ending {
  std::int64_t ca = 0;
  std::string arn;
  CaType type = CaType::Root;
  Bytes serial;
  TimePoint not_before;
  TimePoint not_after;
  std::optional<int> told;  // the notice of so many days before the end; 0: that it has ended
};

// Of all CAs that are ACTIVE, those whose certificate has ended among them.
Result<std::vector<Ending>> endings(sql::Snapshot& view);
Result<std::optional<Ending>> find_ending(sql::Snapshot& view, std::int64_t ca);
// DER.
Result<Bytes> certificate_of(sql::Snapshot& view, std::int64_t ca);

// The first end of a certificate of a CA that is ACTIVE; one that has ended counts until it is
// replaced. Nothing: there is none.
Result<std::optional<TimePoint>> first_end(sql::Snapshot& view);

Outcome note_told(sql::Transaction& tx, const Ending& ending, int days);

}  // namespace everseal::acmpca
