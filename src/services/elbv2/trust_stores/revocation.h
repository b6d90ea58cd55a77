#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/trust_store.h"
#include "sql/database.h"

// The CRLs of a trust store, as they are kept.
namespace everseal::elbv2::trust_stores {

// One, before it has a number.
struct RevocationList {
  Bytes issuer;  // subject of the CA certificate that checked it, DER
  TimePoint this_update{};
  std::optional<TimePoint> next_update{};
  std::int64_t entries = 0;
  Bytes der{};
  std::vector<Bytes> serials{};  // packed
};

// One of a store, without its content.
struct Revocation {
  std::int64_t number = 0;  // names the row
  std::int64_t id = 0;      // RevocationId
  Bytes issuer;
  TimePoint this_update{};
  std::optional<TimePoint> next_update{};
  std::int64_t entries = 0;
};

Outcome add_revocation(sql::Transaction& tx, const TrustStore& store, std::int64_t id,
                       const RevocationList& list, TimePoint now);
Outcome remove_revocation(sql::Transaction& tx, const Revocation& revocation);

Result<std::optional<Revocation>> find_revocation(sql::Snapshot& view, std::int64_t store,
                                                  std::int64_t id);
// By RevocationId, behind `after`.
Result<std::vector<Revocation>> list_revocations(sql::Snapshot& view, std::int64_t store,
                                                 std::int64_t after, std::int64_t limit);

// As it was added, DER. Nothing: it is gone.
Result<std::optional<Bytes>> content_of(sql::Snapshot& view, std::int64_t store, std::int64_t id);

// One piece of the packed serial numbers, counted from 0. Nothing: there are no more.
Result<std::optional<Bytes>> serials_of(sql::Snapshot& view, std::int64_t revocation_number,
                                        std::int64_t position);

}  // namespace everseal::elbv2::trust_stores
