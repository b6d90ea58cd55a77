#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "services/acmpca/model/enums.h"
#include "sql/database.h"

// How far the revocation of all that a CA issued is.
namespace everseal::acmpca {

struct BulkRevocation {
  std::int64_t ca;
  RevocationReason reason;
  std::string requested_by;  // ARN of the caller
  TimePoint started_at;
  std::optional<TimePoint> ended_at{};  // nothing: it goes on
  std::int64_t certificates = 0;        // of the CA when it began
  std::int64_t newest = 0;              // id of the last certificate before it began
  Bytes last_serial{};                  // it looked at all up to this one; empty: at none
  std::int64_t revoked = 0;
  std::int64_t revoked_before = 0;
  std::int64_t skipped = 0;  // expired, or the CA's own

  std::int64_t looked_at() const { return revoked + revoked_before + skipped; }
};

// The last one of this CA; nothing if there never was one.
Result<std::optional<BulkRevocation>> find_bulk_revocation(sql::Snapshot& view, std::int64_t ca);
// It takes the place of the one before.
Outcome store(sql::Transaction& tx, const BulkRevocation& bulk);

// The next ones that it has to look at, at most so many, in the order of their octets.
struct Candidate {
  Bytes serial;  // big-endian, without leading zeros
  bool is_revoked;
};
Result<std::vector<Candidate>> next_candidates(sql::Snapshot& view, const BulkRevocation& bulk,
                                               std::size_t most);

}  // namespace everseal::acmpca
