#pragma once

#include <optional>
#include <variant>

#include "clock/clock.h"
#include "x509/crl_reason.h"
#include "x509/ocsp_cert_id.h"

// What a responder says of a certificate (RFC 6960, 4.2.1). Times are whole seconds.
namespace everseal::x509 {

struct OcspGood {
  friend bool operator==(const OcspGood&, const OcspGood&) = default;
};
struct OcspRevoked {
  TimePoint at;
  std::optional<CrlReason> reason = {};
  friend bool operator==(const OcspRevoked&, const OcspRevoked&) = default;
};
struct OcspUnknown {  // never issued, or not by this CA
  friend bool operator==(const OcspUnknown&, const OcspUnknown&) = default;
};
using OcspStatus = std::variant<OcspGood, OcspRevoked, OcspUnknown>;

struct OcspSingle {
  OcspCertId id;
  OcspStatus status;
  TimePoint this_update;                      // when this was known to be so
  std::optional<TimePoint> next_update = {};  // when more will be known; nothing: at any time
  friend bool operator==(const OcspSingle&, const OcspSingle&) = default;
};

}  // namespace everseal::x509
