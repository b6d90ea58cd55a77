#include "services/acmpca/watchdog/watchdog_store.h"

#include "services/acmpca/certificates/certificate_store.h"
#include "x509/extension_types.h"

namespace everseal::acmpca {

Result<std::vector<std::string>> authorities_to_watch(sql::Snapshot& view) {
  const auto rows = view.all(
      "SELECT arn FROM acmpca_certificate_authority WHERE purged_at IS NULL "
      "AND (id IN (SELECT ca FROM acmpca_crl WHERE number > 0) "
      "OR id IN (SELECT ca FROM acmpca_ocsp_responder)) ORDER BY id");
  if (!rows) return rows.error();
  std::vector<std::string> arns;
  for (const auto& row : *rows) arns.push_back(row.text(0));
  return arns;
}

Result<Bytes> last_entries(sql::Snapshot& view, std::int64_t crl) {
  const auto row =
      view.one("SELECT entries FROM acmpca_crl_run WHERE crl = $1 ORDER BY run DESC LIMIT 1", crl);
  if (!row) return row.error();
  return *row ? (*row)->blob(0) : Bytes{};
}

Result<std::vector<x509::SerialNumber>> serials_to_ask(sql::Snapshot& view, std::int64_t ca) {
  std::vector<x509::SerialNumber> serials;
  for (const std::string_view query :
       {"SELECT serial FROM acmpca_certificate WHERE ca = $1 LIMIT 1",
        "SELECT serial FROM acmpca_revocation WHERE ca = $1 LIMIT 1"}) {
    const auto row = view.one(query, ca);
    if (!row) return row.error();
    if (!*row) continue;
    const auto serial = x509::SerialNumber::from_octets((*row)->blob(0));
    if (!serial) return serial.error();
    serials.push_back(*serial);
  }
  return serials;
}

Result<std::optional<x509::Certificate>> find_naming(sql::Snapshot& view, std::int64_t ca,
                                                     ByteView serial) {
  using Found = std::optional<x509::Certificate>;
  const auto found = find_certificate(view, ca, serial);
  if (!found) return found.error();
  if (!*found) return Found{};
  auto certificate = x509::Certificate::parse((*found)->der);
  if (!certificate) return std::move(certificate).error();
  const auto points = certificate->extensions().get<x509::CrlDistributionPoints>();
  if (!points || !*points) return Found{};
  return Found(*std::move(certificate));
}

}  // namespace everseal::acmpca
