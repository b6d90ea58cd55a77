#pragma once

#include "aws/api_error.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"
#include "x509/serial_number.h"

namespace everseal::acmpca {

// Revokes what this CA issued, and promises the CRL that lists it from now on.
// ResourceNotFoundException: it never issued that. RequestAlreadyProcessedException: it is revoked.
// InvalidRequestException: it has expired, is the CA's own, which only it could
// revoke, or belongs to a partition of former times, which is published no more.
Result<void, ApiError> revoke(sql::Transaction& tx, const Authority& authority,
                              const x509::SerialNumber& serial, RevocationReason reason,
                              TimePoint now);

// The same for one of many: the CRL that lists it may wait until then.
Result<void, ApiError> revoke(sql::Transaction& tx, const Authority& authority,
                              const x509::SerialNumber& serial, RevocationReason reason,
                              TimePoint now, TimePoint crl_due);

}  // namespace everseal::acmpca
