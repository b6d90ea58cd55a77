#include "services/acmpca/operations/describe_certificate_authority.h"

#include "services/acmpca/authority/lookup.h"

namespace everseal::acmpca {

aws::Access DescribeCertificateAuthority::access(const Request& request, const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<DescribeCertificateAuthority::Response, ApiError> DescribeCertificateAuthority::operator()(
    const Request& request, const aws::Call& call) const {
  const auto now = clock.now();
  const auto authority = require_authority(database, call, request.certificate_authority_arn, now);
  if (!authority) return authority.error();
  return Response{describe(*authority, now)};
}

}  // namespace everseal::acmpca
