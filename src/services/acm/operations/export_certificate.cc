#include "services/acm/operations/export_certificate.h"

#include <utility>

#include "asn1/pem.h"
#include "keys/encrypted_pkcs8.h"
#include "services/acm/errors.h"
#include "services/acm/issuing.h"
#include "services/acm/own_certificate.h"
#include "services/acm/own_material.h"

namespace everseal::acm {

namespace {

struct Exportable {
  Certificate certificate;
  Material material;
};

Result<Exportable, ApiError> find_exportable(sql::Snapshot& view, const aws::Call& call,
                                             std::string_view arn) {
  auto certificate = find_own(view, call, arn);
  if (!certificate) return certificate.error();
  if (certificate->type == CertificateType::Imported) {
    return invalid("Certificate " + certificate->arn +
                   " was imported and cannot be exported: whoever imported it has its key.");
  }
  auto material = issued_material(view, *certificate);
  if (!material) return material.error();
  return Exportable{*std::move(certificate), *std::move(material)};
}

}  // namespace

aws::Access ExportCertificate::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.certificate_arn);
}

Result<ExportCertificate::Response, ApiError> ExportCertificate::operator()(
    const Request& request, const aws::Call& call) const {
  const auto material = take(request, call);
  if (!material) return material.error();
  const auto key = vault.open(material->sealed_key, key_context(request.certificate_arn));
  if (!key) return key.error();
  const auto encrypted = keys::encrypt_pkcs8(*key, request.passphrase, random);
  if (!encrypted) return encrypted.error();
  return Response{certificate_pem(*material), material->chain,
                  asn1::Pem::print(asn1::kEncryptedPrivateKeyLabel, *encrypted)};
}

Result<Material, ApiError> ExportCertificate::take(const Request& request,
                                                   const aws::Call& call) const {
  auto found = database.read(
      [&](sql::Snapshot& view) { return find_exportable(view, call, request.certificate_arn); });
  if (!found) return found.error();
  if (found->certificate.exported_since_issue) return std::move(found->material);
  return database.write([&](sql::Transaction& tx) -> Result<Material, ApiError> {
    auto exported = find_exportable(tx, call, request.certificate_arn);
    if (!exported) return exported.error();
    auto& [certificate, material] = *exported;
    certificate.exported = certificate.exported_since_issue = true;
    const auto marked = update_certificate(tx, certificate);
    if (!marked) return marked.error();
    const auto promised = promise_renewal(tx, certificate, clock.now(), settings);
    if (!promised) return promised.error();
    return std::move(material);
  });
}

}  // namespace everseal::acm
