#pragma once

#include <cstdint>
#include <optional>

#include "clock/clock.h"
#include "issuance/refusal.h"
#include "result/result.h"
#include "x509/tbs_certificate.h"

namespace everseal::issuance {

// When a certificate ends, in one of the spellings of Private CA.
struct ValidityPeriod {
  enum class Type {
    EndDate,   // the digits of a UTCTime, YYMMDDHHMMSS (YY from 50 on is 19YY), or of a
               // GeneralizedTime, YYYYMMDDHHMMSS
    Absolute,  // seconds since 1970
    Days,      // counted from the moment of issuance, as months and years are
    Months,    // of the calendar: the 31st of a shorter month is its last day
    Years,
  };
  Type type;
  std::int64_t value;  // at least 1

  friend bool operator==(const ValidityPeriod&, const ValidityPeriod&) = default;
};

// The moment that the period names if the certificate is issued now. InvalidValidity: no such date,
// a value below 1, beyond the year 9999.
Result<TimePoint, Refusal> end_of(const ValidityPeriod& period, TimePoint now);

// From 60 minutes before now, or from `not_before`, which must be Absolute; whole seconds.
// InvalidValidity also: over already, or it ends before it begins.
Result<x509::Validity, Refusal> validity_of(const ValidityPeriod& period,
                                            const std::optional<ValidityPeriod>& not_before,
                                            TimePoint now);

}  // namespace everseal::issuance
