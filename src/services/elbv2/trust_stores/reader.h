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
#include "services/elbv2/trust_stores/followed.h"
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

// One CRL of a store.
struct RevocationFacts {
  std::int64_t id;  // RevocationId; 0: what the private CA revoked that the store follows
  IssuerHash issuer_hash;
  Bytes issuer;                          // name, DER, as certificates of that issuer have it
  std::optional<TimePoint> this_update;  // of a CRL
  std::optional<TimePoint> next_update;
  std::int64_t entries;
};

struct TrustStoreFacts {
  std::int64_t number;         // what on_change tells
  std::int64_t version;        // grows with each change but what a private CA revokes
  std::int64_t revoked_by_ca;  // that the store follows: how many certificates; never goes back
  Bytes bundle;                // PEM
  std::vector<RevocationFacts> revocations;
};

// Thread-safe.
class Reader {
 public:
  // What on_change tells when it may be any store that follows a private CA.
  static constexpr std::int64_t any_follower = 0;

  Reader(sql::Database& database, Followed followed) : database_(database), followed_(followed) {}

  // Nothing: there is no such store.
  Result<std::optional<TrustStoreFacts>> facts(sql::Snapshot& view,
                                               std::string_view trust_store_arn) const;

  // All that any of the store's CRLs revokes, whoever else lists it, too, and the private CA that
  // it follows: issuers by their hash, of each the serial numbers ascending, none twice. Until
  // `visit` returns false. In little memory: 256 KiB a CRL, 21 octets an entry of the private CA.
  // No such store: nothing is revoked.
  Outcome revoked_entries(sql::Snapshot& view, std::string_view trust_store_arn,
                          const std::function<bool(const RevokedEntry&)>& visit) const;

  // What the private CA that the store follows revoked after the first `known`, ascending; it may
  // be on a CRL, too. Follows none: nothing.
  Outcome newly_revoked_by_ca(sql::Snapshot& view, std::string_view trust_store_arn,
                              std::int64_t known,
                              const std::function<bool(const RevokedEntry&)>& visit) const;

  // Tells the number of each store whose bundle or revocations changed, or that is gone, once that
  // is durable; as Database::listen.
  [[nodiscard]] sql::Subscription on_change(std::function<void(std::int64_t)> hear) const;

 private:
  sql::Database& database_;
  Followed followed_;
};

}  // namespace everseal::elbv2::trust_stores
