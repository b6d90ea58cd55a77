#include "services/acm/own_material.h"

#include <utility>

#include "asn1/pem.h"
#include "services/acm/errors.h"

namespace everseal::acm {

Result<Material, ApiError> issued_material(sql::Snapshot& view, const Certificate& certificate) {
  if (certificate.status == CertificateStatus::PendingValidation) {
    return not_issued_yet(certificate.arn);
  }
  if (certificate.status == CertificateStatus::Failed) {
    const auto reason = certificate.failure_reason.value_or(FailureReason::Other);
    return never_issued(certificate.arn, aws::name_of(reason));
  }
  auto material = find_material(view, certificate.arn);
  if (!material) return material.error();
  if (!*material) return Fault::broken("the octets of " + certificate.arn + " are gone");
  return *std::move(*material);
}

std::string certificate_pem(const Material& material) {
  return asn1::Pem::print(asn1::kCertificateLabel, material.certificate);
}

std::optional<std::string> chain_if_any(const Material& material) {
  return material.chain.empty() ? std::nullopt : std::optional(material.chain);
}

}  // namespace everseal::acm
