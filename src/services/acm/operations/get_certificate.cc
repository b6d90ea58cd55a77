#include "services/acm/operations/get_certificate.h"

#include "services/acm/own_certificate.h"
#include "services/acm/own_material.h"

namespace everseal::acm {

aws::Access GetCertificate::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.certificate_arn);
}

Result<GetCertificate::Response, ApiError> GetCertificate::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto certificate = find_own(view, call, request.certificate_arn);
    if (!certificate) return certificate.error();
    const auto material = issued_material(view, *certificate);
    if (!material) return material.error();
    return Response{certificate_pem(*material), chain_if_any(*material)};
  });
}

}  // namespace everseal::acm
