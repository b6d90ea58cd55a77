#include "services/acmpca/operations/get_certificate_authority_certificate.h"

#include "asn1/pem.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {

aws::Access GetCertificateAuthorityCertificate::access(const Request& request,
                                                       const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<GetCertificateAuthorityCertificate::Response, ApiError>
GetCertificateAuthorityCertificate::operator()(const Request& request,
                                               const aws::Call& call) const {
  const auto now = clock.now();
  const auto authority = require_authority(database, call, request.certificate_authority_arn, now);
  if (!authority) return authority.error();
  if (!authority->installed || !shows_certificates(authority->status(now)))
    return has_no_certificate(authority->arn.text());
  const auto& [der, chain, serial, not_before, not_after] = *authority->installed;
  Response response{asn1::Pem::print(asn1::kCertificateLabel, der), std::nullopt};
  for (const auto& issuer : chain) {
    if (!response.certificate_chain) response.certificate_chain.emplace();
    *response.certificate_chain += asn1::Pem::print(asn1::kCertificateLabel, issuer);
  }
  return response;
}

}  // namespace everseal::acmpca
