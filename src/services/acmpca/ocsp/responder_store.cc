#include "services/acmpca/ocsp/responder_store.h"

#include "crypto/digest.h"
#include "issuance/log/append.h"

namespace everseal::acmpca::ocsp {

std::string responder_owner(const AuthorityArn& authority) {
  return authority.text() + "/ocsp-responder";
}

Result<std::optional<StoredResponder>> find_responder(sql::Snapshot& view, std::int64_t ca) {
  const auto row = view.one(
      "SELECT der, key_handle FROM acmpca_ocsp_responder WHERE ca = $1 AND key_handle IS NOT NULL",
      ca);
  if (!row) return row.error();
  if (!*row) return std::optional<StoredResponder>{};
  return std::optional(StoredResponder{(*row)->blob(0), (*row)->blob(1)});
}

Result<std::vector<std::string>> authorities_with_responder(sql::Snapshot& view) {
  const auto rows = view.all(
      "SELECT a.arn FROM acmpca_certificate_authority a JOIN acmpca_ocsp_responder r "
      "ON r.ca = a.id WHERE r.key_handle IS NOT NULL");
  if (!rows) return rows.error();
  std::vector<std::string> arns;
  for (const auto& row : *rows) arns.push_back(row.text(0));
  return arns;
}

Outcome record_responder(sql::Transaction& tx, const Authority& authority,
                         const NewResponder& responder) {
  const auto position =
      issuance::log::append(tx, {.kind = issuance::log::Leaf::Kind::OcspSigner,
                                 .time = responder.issued_at,
                                 .authority = authority.arn.text(),
                                 .object = certificate_arn(authority.arn, responder.serial),
                                 .digest = crypto::sha256(responder.certificate)});
  if (!position) return position.error();
  const auto erased =
      tx.run("UPDATE acmpca_ocsp_responder SET key_handle = NULL WHERE ca = $1", authority.id);
  if (!erased) return erased.error();
  const auto written = tx.run(
      "INSERT INTO acmpca_ocsp_responder (ca, serial, der, key_handle, log_position) "
      "VALUES ($1, $2, $3, $4, $5)",
      authority.id, responder.serial, responder.certificate, responder.key_handle, *position);
  if (!written) return written.error();
  tx.announce(responder_topic, authority.id);
  return {};
}

}  // namespace everseal::acmpca::ocsp
