#pragma once

#include <optional>

#include "clock/clock.h"
#include "encoding/bytes.h"
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

// Conflict: it is revoked already.
Outcome record_revocation(sql::Transaction& tx, const Revocation& revocation);

struct RevocationStatus {
  TimePoint revoked_at;
  x509::CrlReason reason;
};
Result<std::optional<RevocationStatus>> find_revocation(sql::Snapshot& view, std::int64_t ca,
                                                        ByteView serial);

}  // namespace everseal::acmpca
