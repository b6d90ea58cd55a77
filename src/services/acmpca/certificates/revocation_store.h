#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/acmpca/model/enums.h"
#include "sql/database.h"
#include "x509/crl_entry.h"

// Which certificates were revoked.
namespace everseal::acmpca {

x509::CrlReason to_crl_reason(RevocationReason reason);

RevocationReason to_api_reason(x509::CrlReason reason);

struct Revocation {
  std::int64_t ca;
  ByteView serial;   // big-endian, without leading zeros
  std::int64_t crl;  // that lists it
  TimePoint revoked_at;
  x509::CrlReason reason;
  TimePoint not_after;  // of the certificate
};

// Announced with the id of the CA when something of it was revoked.
inline constexpr std::string_view revocation_topic = "acmpca.revocation";

// Conflict: it is revoked already.
Outcome record_revocation(sql::Transaction& tx, const Revocation& revocation);

struct RevocationStatus {
  TimePoint revoked_at;
  x509::CrlReason reason;
};
Result<std::optional<RevocationStatus>> find_revocation(sql::Snapshot& view, std::int64_t ca,
                                                        ByteView serial);

// How many of its certificates the CA revoked, the expired ones too.
Result<std::int64_t> count_revocations(sql::Snapshot& view, std::int64_t ca);
// The serial numbers of those that it revoked after the first `after`, in no order that counts.
Outcome each_revoked_serial(sql::Snapshot& view, std::int64_t ca, std::int64_t after,
                            const std::function<void(ByteView)>& visit);

}  // namespace everseal::acmpca
