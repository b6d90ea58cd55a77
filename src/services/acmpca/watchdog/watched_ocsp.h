#pragma once

#include <optional>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "services/acmpca/watchdog/alarm.h"
#include "x509/certificate.h"
#include "x509/ocsp_cert_id.h"

namespace everseal::acmpca {

// What a responder should say of a certificate.
struct WatchedAnswer {
  const x509::Certificate& issuer;  // the CA
  x509::OcspCertId id;
  std::optional<TimePoint> revoked_at;  // nothing: it is good
  TimePoint until;                      // what was revoked after that may still be on its way
};

// What is wrong with the answer: not one of this CA's responder, another status, old, by a
// responder whose certificate ends soon. `responder_ends`, if an answer says it. Pure.
struct JudgedAnswer {
  std::vector<Finding> findings;
  std::optional<TimePoint> responder_ends;
  std::optional<TimePoint> stale_from{};  // the answer or its responder, whichever is first
};
JudgedAnswer judge_answer(const WatchedAnswer& watched, ByteView octets, TimePoint now);

}  // namespace everseal::acmpca
