#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "services/acmpca/crl/store.h"
#include "sql/database.h"
#include "x509/certificate.h"
#include "x509/serial_number.h"

// What the watchdog has to know.
namespace everseal::acmpca {

// The CAs that have published a CRL or answer OCSP: ARNs.
Result<std::vector<std::string>> authorities_to_watch(sql::Snapshot& view);

// The entries added last to a list, as they stand in it; empty: it has none.
Result<Bytes> last_entries(sql::Snapshot& view, std::int64_t crl);

// A certificate that the CA issued, and one that it revoked: any, if there are some.
Result<std::vector<x509::SerialNumber>> serials_to_ask(sql::Snapshot& view, std::int64_t ca);

// A certificate that says where its CRL is; nothing: it does not.
Result<std::optional<x509::Certificate>> find_naming(sql::Snapshot& view, std::int64_t ca,
                                                     ByteView serial);

}  // namespace everseal::acmpca
