#include "services/acmpca/certificates/certificate_store.h"

#include "crypto/digest.h"
#include "issuance/log/append.h"
#include "services/acmpca/authority/authority_arn.h"
#include "services/acmpca/certificates/issued_counts.h"
#include "services/acmpca/certificates/signed_certificates.h"

namespace everseal::acmpca {
namespace {

using issuance::log::Leaf;

Leaf leaf_of(const NewCertificate& certificate) {
  return {.kind = Leaf::Kind::Certificate,
          .time = certificate.issued_at,
          .authority = certificate.authority.arn.text(),
          .object = certificate_arn(certificate.authority.arn, certificate.serial),
          .digest = crypto::sha256(certificate.der)};
}

}  // namespace

Result<bool> is_current(sql::Snapshot& view, const Authority& authority) {
  const auto row =
      view.one("SELECT 1 FROM acmpca_certificate_authority WHERE id = $1 AND version = $2",
               authority.id, authority.version);
  if (!row) return row.error();
  return row->has_value();
}

Outcome record_certificate(sql::Transaction& tx, const NewCertificate& certificate) {
  const auto position = issuance::log::append(tx, leaf_of(certificate));
  if (!position) return position.error();
  const auto written = tx.run(
      "INSERT INTO acmpca_certificate (ca, serial, der, template, requested_by, issued_at, "
      "log_position, crl) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      certificate.authority.id, certificate.serial, certificate.der, certificate.template_name,
      certificate.requested_by, certificate.issued_at, *position, certificate.crl);
  if (!written) return written.error();
  return count_issued(tx, certificate.authority.id, certificate.issued_at);
}

Result<std::optional<StoredCertificate>> find_certificate(sql::Snapshot& view, std::int64_t ca,
                                                          ByteView serial) {
  const auto row = view.one(
      "SELECT id, der, template, crl FROM acmpca_certificate WHERE ca = $1 AND serial = $2", ca,
      serial);
  if (!row) return row.error();
  if (!*row) return std::optional<StoredCertificate>{};
  return std::optional(StoredCertificate{(*row)->integer(0), (*row)->blob(1), (*row)->text(2),
                                         (*row)->maybe_integer(3)});
}

Result<std::optional<std::int64_t>> find_certificate_id(sql::Snapshot& view, std::int64_t ca,
                                                        ByteView serial) {
  const auto row =
      view.one("SELECT id FROM acmpca_certificate WHERE ca = $1 AND serial = $2", ca, serial);
  if (!row) return row.error();
  if (!*row) return std::optional<std::int64_t>{};
  return std::optional((*row)->integer(0));
}

Result<std::int64_t> count_certificates(sql::Snapshot& view, std::int64_t ca) {
  const auto row = view.one("SELECT COUNT(*) FROM acmpca_certificate WHERE ca = $1", ca);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Result<std::int64_t> newest_certificate(sql::Snapshot& view) {
  const auto row = view.one("SELECT COALESCE(MAX(id), 0) FROM acmpca_certificate");
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome record_import(sql::Transaction& tx, const Authority& authority, ByteView der,
                      TimePoint now) {
  const auto position =
      issuance::log::append(tx, {.kind = Leaf::Kind::Import,
                                 .time = now,
                                 .authority = authority.arn.text(),
                                 .object = import_object(authority.arn.text(), authority.version),
                                 .digest = crypto::sha256(der)});
  if (!position) return position.error();
  const auto written =
      tx.run("INSERT INTO acmpca_import (ca, version, der, log_position) VALUES ($1, $2, $3, $4)",
             authority.id, authority.version, der, *position);
  if (!written) return written.error();
  return {};
}

}  // namespace everseal::acmpca
