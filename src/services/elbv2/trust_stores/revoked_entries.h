#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "sql/database.h"

// What whoever terminates TLS reads of trust stores.
namespace everseal::elbv2::trust_stores {

// The first octets of the SHA-256 of an issuer's name, DER.
using IssuerHash = std::array<std::uint8_t, 8>;
IssuerHash issuer_hash(ByteView name_der);

struct RevokedEntry {
  IssuerHash issuer;
  ByteView serial;  // big-endian; the first octet is not zero
};

// All that any of the store's CRLs revokes, whoever else lists it, too: issuers by their hash, of
// each the serial numbers ascending, none twice. Until `visit` returns false. In constant memory:
// 256 KiB a CRL. No such store: nothing is revoked.
Outcome revoked_entries(sql::Snapshot& view, std::string_view trust_store_arn,
                        const std::function<bool(const RevokedEntry&)>& visit);

// One CRL of a store.
struct RevocationFacts {
  std::int64_t id;  // RevocationId
  IssuerHash issuer_hash;
  Bytes issuer;  // name, DER, as certificates of that issuer have it
  TimePoint this_update;
  std::optional<TimePoint> next_update;
  std::int64_t entries;
};

struct TrustStoreFacts {
  std::int64_t number;   // what on_change tells
  std::int64_t version;  // one more with each change
  Bytes bundle;          // PEM, as it was read
  std::vector<RevocationFacts> revocations;
};

// Nothing: there is no such store.
Result<std::optional<TrustStoreFacts>> trust_store_facts(sql::Snapshot& view,
                                                         std::string_view trust_store_arn);

// Tells the number of each store whose bundle or revocations changed, or that is gone, once that is
// durable; as Database::listen.
[[nodiscard]] sql::Subscription on_change(sql::Database& database,
                                          std::function<void(std::int64_t)> hear);

}  // namespace everseal::elbv2::trust_stores
