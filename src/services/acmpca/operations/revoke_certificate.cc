#include "services/acmpca/operations/revoke_certificate.h"

#include "services/acmpca/announcing/announcements.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/model/errors.h"
#include "services/acmpca/revocation/revoking.h"
#include "x509/serial_number.h"

namespace everseal::acmpca {

aws::Access RevokeCertificate::access(const Request& request, const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<aws::Empty, ApiError> RevokeCertificate::operator()(const Request& request,
                                                           const aws::Call& call) const {
  const auto serial = x509::SerialNumber::parse(request.certificate_serial);
  if (!serial) return invalid_request("CertificateSerial is " + serial.error().cause + ".");
  const auto now = clock.now();
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto authority = require_authority(tx, call, request.certificate_authority_arn, now);
    if (!authority) return authority.error();
    if (!may_revoke(authority->status(now))) return cannot_revoke_now(authority->arn.text());
    const auto done = revoke(tx, *authority, *serial, request.revocation_reason, now);
    if (!done) return done.error();
    const auto arn = certificate_arn(authority->arn, serial->octets());
    const auto announced = announcer.announce(tx, certificate_revoked(authority->arn, arn, now));
    if (!announced) return announced.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::acmpca
