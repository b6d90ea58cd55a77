#pragma once

#include <optional>

#include "encoding/bytes.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/private_cas.h"
#include "services/elbv2/trust_stores/trust_store.h"
#include "sql/database.h"

// What a trust store is when it follows a private CA: the certificate is the one that the CA has
// now, and what the CA revoked is revoked.
namespace everseal::elbv2::trust_stores {

class Followed {
 public:
  // Null: no store follows a CA.
  explicit Followed(const PrivateCas* cas) : cas_(cas) {}

  // Nothing: the store follows none.
  Result<std::optional<PrivateCas::Ca>> ca_of(sql::Snapshot& view, const TrustStore& store) const;
  // PEM.
  Result<Bytes> bundle(sql::Snapshot& view, const TrustStore& store) const;
  // As it is shown: with what the CA has and revoked.
  Result<TrustStore> counted(sql::Snapshot& view, TrustStore store) const;

  const PrivateCas* cas() const { return cas_; }

 private:
  const PrivateCas* cas_;
};

}  // namespace everseal::elbv2::trust_stores
