#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

namespace everseal::acmpca {

// RevokeCertificate: for good. When answered it is durable, and promised to whoever checks
// revocation: the CRL that the certificate names, and OCSP.
struct RevokeCertificate {
  static constexpr std::string_view name = "RevokeCertificate";
  struct Request {
    AuthorityArn certificate_authority_arn;
    std::string certificate_serial;  // hexadecimal in either case, with or without colons
    RevocationReason revocation_reason;
    static constexpr auto fields = std::tuple{
        aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn, arn_length,
                      arn_pattern),
        aws::required("CertificateSerial", &Request::certificate_serial, aws::length(0, 128)),
        aws::required("RevocationReason", &Request::revocation_reason)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidStateException: the CA is neither ACTIVE nor DISABLED. ResourceNotFoundException: it
  // never issued that serial number. RequestAlreadyProcessedException: revoked before.
  // InvalidRequestException: not a serial number, an expired certificate, the CA's own root.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Announcer& announcer;
};

}  // namespace everseal::acmpca
