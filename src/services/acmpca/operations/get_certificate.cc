#include "services/acmpca/operations/get_certificate.h"

#include "asn1/pem.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/certificates/certificate_store.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {
namespace {

struct Found {
  Authority authority;
  std::optional<StoredCertificate> certificate;
};

std::string to_pem(ByteView der) { return asn1::Pem::print(asn1::kCertificateLabel, der); }

// From the issuing CA up to the root.
std::string chain_above(const InstalledCertificate& issuer) {
  auto chain = to_pem(issuer.der);
  for (const auto& above : issuer.chain) chain += to_pem(above);
  return chain;
}

// A root that waits for its certificate has issued that one.
bool may_show(const Found& found, TimePoint now) {
  const auto status = found.authority.status(now);
  return shows_certificates(status) ||
         (status == CaStatus::PendingCertificate && found.certificate.has_value());
}

}  // namespace

aws::Access GetCertificate::access(const Request& request, const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<GetCertificate::Response, ApiError> GetCertificate::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  const auto& arn = request.certificate_authority_arn;
  const auto now = clock.now();
  const auto serial = serial_of(arn, request.certificate_arn);
  if (!serial) return serial.error();
  const auto found = database.read([&](sql::Snapshot& view) -> Result<Found, ApiError> {
    auto authority = require_authority(view, call, arn, now);
    if (!authority) return std::move(authority).error();
    auto certificate = find_certificate(view, authority->id, *serial);
    if (!certificate) return std::move(certificate).error();
    return Found{*std::move(authority), *std::move(certificate)};
  });
  if (!found) return found.error();
  if (!may_show(*found, now)) return has_issued_nothing(arn.text());
  if (!found->certificate) return no_such_certificate(request.certificate_arn);
  Response response{to_pem(found->certificate->der), std::nullopt};
  const bool is_root = found->certificate->template_name.starts_with("RootCACertificate");
  if (!is_root && found->authority.installed)
    response.certificate_chain = chain_above(*found->authority.installed);
  return response;
}

}  // namespace everseal::acmpca
