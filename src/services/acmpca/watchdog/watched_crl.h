#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "services/acmpca/crl/store.h"
#include "services/acmpca/model/settings.h"
#include "services/acmpca/watchdog/alarm.h"
#include "x509/certificate.h"

namespace everseal::acmpca {

// What a relying party should find in a CRL, by what the database says.
struct WatchedCrl {
  const Crl& published;             // the last one
  const x509::Certificate& issuer;  // the CA
  ByteView recent;                  // the entries added last, as they stand in it
  // The one revoked last. Nothing: none was, or it does not say where its CRL is.
  std::optional<x509::Certificate> revoked;
  std::string delta;  // the octets of the delta CRL; empty: none was published since
};

// What is wrong with the octets that lie there: not a CRL of this CA, not the last one, old,
// without what was revoked, not one that verifiers use for the certificates that name it, too
// large. Pure.
struct JudgedCrl {
  std::vector<Finding> findings;
  std::optional<TimePoint> next_update;  // if it says so
  std::optional<TimePoint> stale_from{};
};
JudgedCrl judge_crl(const WatchedCrl& watched, ByteView octets, TimePoint now,
                    const Settings& settings);

// From then on less than a quarter of its time is left; new ones are made when half of it is.
TimePoint stale_from(TimePoint begin, TimePoint end);

}  // namespace everseal::acmpca
