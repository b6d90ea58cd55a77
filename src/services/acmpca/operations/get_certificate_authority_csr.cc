#include "services/acmpca/operations/get_certificate_authority_csr.h"

#include "asn1/pem.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {

aws::Access GetCertificateAuthorityCsr::access(const Request& request, const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<GetCertificateAuthorityCsr::Response, ApiError> GetCertificateAuthorityCsr::operator()(
    const Request& request, const aws::Call& call) const {
  const auto now = clock.now();
  const auto authority = require_authority(database, call, request.certificate_authority_arn, now);
  if (!authority) return authority.error();
  const auto status = authority->status(now);
  if (status == CaStatus::Creating) return not_ready_yet(authority->arn.text());
  if (!has_csr(status)) return has_no_csr(authority->arn.text());
  return Response{asn1::Pem::print(asn1::kCsrLabel, authority->csr)};
}

}  // namespace everseal::acmpca
