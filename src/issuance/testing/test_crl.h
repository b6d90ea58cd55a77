#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "issuance/crl.h"
#include "issuance/testing/test_ca.h"
#include "x509/crl_entry.h"

// For tests: entries and CRLs in one line each.
namespace everseal::issuance::testing {

// Serials of 16 octets, as Private CA makes them: 11000000..., and the number of the entry.
inline Bytes some_entries(std::uint32_t count,
                          x509::CrlReason reason = x509::CrlReason::Unspecified) {
  Bytes run;
  for (std::uint32_t number = 1; number <= count; ++number) {
    Bytes serial(16);
    serial[0] = 0x11;
    for (std::size_t octet = 0; octet < 4; ++octet) {
      serial[15 - octet] = static_cast<std::uint8_t>(number >> (8 * octet));
    }
    x509::append_crl_entry(run, serial, noon, reason);
  }
  return run;
}

inline CrlRuns runs_of(std::vector<Bytes> all) {
  const auto kept = std::make_shared<const std::vector<Bytes>>(std::move(all));
  CrlRuns runs;
  for (const auto& run : *kept) runs.octets += run.size();
  runs.replay = [kept](const OctetSink& use) -> Outcome {
    for (const auto& run : *kept) {
      if (const auto used = use(run); !used) return used;
    }
    return {};
  };
  return runs;
}

// A sound order, and what came of it.
struct CrlMaker {
  const TestCa& ca;
  CrlOrder order = {.signature_algorithm = ca.algorithm(),
                    .this_update = noon,
                    .next_update = noon + std::chrono::hours(24 * 7),
                    .number = 1};
  Bytes der = {};

  Result<SignedCrl> sign(const CrlRuns& runs) {
    der.clear();
    return sign_crl(ca.issuer, order, runs, [&](ByteView octets) {
      der.insert(der.end(), octets.begin(), octets.end());
      return Outcome();
    });
  }
};

}  // namespace everseal::issuance::testing
