#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "services/acmpca/authority/authority_arn.h"
#include "services/acmpca/authority/status.h"
#include "services/acmpca/model/configuration.h"

namespace everseal::acmpca {

// What ImportCertificateAuthorityCertificate installed.
struct InstalledCertificate {
  Bytes der;
  std::vector<Bytes> chain;  // DER, from the issuer of this one to the root; empty for a root
  Bytes serial;              // big-endian
  TimePoint not_before;
  TimePoint not_after;
};

// A private CA as it is stored.
struct Authority {
  std::int64_t id = 0;
  AuthorityArn arn;
  CaType type;
  UsageMode usage_mode;
  SecurityStandard security_standard;
  CaConfiguration configuration;
  RevocationConfiguration revocation;
  Bytes key_handle;  // for keys::KeyStore, owned by the ARN
  Bytes csr;         // DER
  CaStatus stored_status;
  std::int64_t version = 1;  // one more with each change that issuing must know of
  TimePoint created_at;
  TimePoint state_changed_at;
  std::optional<InstalledCertificate> installed;
  std::optional<CaStatus> status_before_deletion;
  std::optional<TimePoint> restorable_until;

  CaStatus status(TimePoint now) const {
    return status_at(now, stored_status,
                     installed ? std::optional(installed->not_after) : std::nullopt);
  }
  // Deleted, and its window has ended: nobody can see it any more.
  bool is_gone(TimePoint now) const { return restorable_until && now >= *restorable_until; }
};

}  // namespace everseal::acmpca
