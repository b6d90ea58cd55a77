#include "services/acmpca/certificates/revocation_store.h"

namespace everseal::acmpca {

x509::CrlReason to_crl_reason(RevocationReason reason) {
  using x509::CrlReason;
  switch (reason) {
    case RevocationReason::Unspecified:
      return CrlReason::Unspecified;
    case RevocationReason::KeyCompromise:
      return CrlReason::KeyCompromise;
    case RevocationReason::CertificateAuthorityCompromise:
      return CrlReason::CaCompromise;
    case RevocationReason::AffiliationChanged:
      return CrlReason::AffiliationChanged;
    case RevocationReason::Superseded:
      return CrlReason::Superseded;
    case RevocationReason::CessationOfOperation:
      return CrlReason::CessationOfOperation;
    case RevocationReason::PrivilegeWithdrawn:
      return CrlReason::PrivilegeWithdrawn;
    case RevocationReason::AACompromise:
      break;
  }
  return CrlReason::AaCompromise;
}

RevocationReason to_api_reason(x509::CrlReason reason) {
  for (const auto& [api_reason, name] : aws::names_of<RevocationReason>) {
    if (to_crl_reason(api_reason) == reason) return api_reason;
  }
  return RevocationReason::Unspecified;
}

Outcome record_revocation(sql::Transaction& tx, const Revocation& revocation) {
  const auto written = tx.run(
      "INSERT INTO acmpca_revocation (ca, serial, crl, revoked_at, reason, not_after, number) "
      "VALUES ($1, $2, $3, $4, $5, $6, "
      "(SELECT COALESCE(MAX(number), 0) + 1 FROM acmpca_revocation WHERE ca = $1))",
      revocation.ca, revocation.serial, revocation.crl, revocation.revoked_at,
      static_cast<std::int64_t>(revocation.reason), revocation.not_after);
  if (!written) return written.error();
  tx.announce(revocation_topic, revocation.ca);
  return {};
}

Result<std::optional<RevocationStatus>> find_revocation(sql::Snapshot& view, std::int64_t ca,
                                                        ByteView serial) {
  const auto row = view.one(
      "SELECT revoked_at, reason FROM acmpca_revocation WHERE ca = $1 AND serial = $2", ca, serial);
  if (!row) return row.error();
  if (!*row) return std::optional<RevocationStatus>{};
  return std::optional(
      RevocationStatus{(*row)->time(0), static_cast<x509::CrlReason>((*row)->integer(1))});
}

Result<std::int64_t> count_revocations(sql::Snapshot& view, std::int64_t ca) {
  const auto row =
      view.one("SELECT COALESCE(MAX(number), 0) FROM acmpca_revocation WHERE ca = $1", ca);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome each_revoked_serial(sql::Snapshot& view, std::int64_t ca, std::int64_t after,
                            const std::function<void(ByteView)>& visit) {
  return view.each("SELECT serial FROM acmpca_revocation WHERE ca = $1 AND number > $2",
                   {ca, after}, [&](const sql::Row& row) {
                     visit(row.blob(0));
                     return true;
                   });
}

}  // namespace everseal::acmpca
