#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "clock/clock.h"
#include "crypto/algorithms.h"
#include "crypto/digest.h"
#include "encoding/bytes.h"
#include "issuance/issuer.h"
#include "result/result.h"

// One CRL, from stored entries to signed octets, in memory that does not grow with their number:
//
//   runs  ->  read back, every lint, hashed  ->  proof  ->  signature  ->  runs again  ->  sink
namespace everseal::issuance {

// Takes the next octets.
using OctetSink = std::function<Outcome(ByteView)>;

// The entries of a CRL: runs of whole ones, as x509::append_crl_entry writes them.
struct CrlRuns {
  std::uint64_t octets = 0;  // of all runs together
  // Hands all runs to `use`, always in one order, until it fails; answers what it said. Asked
  // twice: both times of the same snapshot.
  std::function<Outcome(const OctetSink& use)> replay = [](const OctetSink&) { return Outcome(); };
};

// References: what they point to outlives the call.
struct CrlOrder {
  crypto::SignatureAlgorithm signature_algorithm;
  TimePoint this_update;
  TimePoint next_update;
  std::uint64_t number;                                     // above those of all CRLs before
  std::optional<std::string_view> distribution_point = {};  // the CDP of the certificates
  std::optional<std::uint64_t> base_number = {};            // a delta CRL: what it starts from
  std::optional<std::string_view> freshest = {};            // where its delta CRLs are found
};

struct SignedCrl {
  crypto::Sha256Digest digest;  // of all octets, for the leaf of the issuance log
  std::uint64_t octets;
  std::uint64_t entries;
};

// The DER goes to the sink, in order, once everything was read back and signed: whatever fails
// before, the sink has seen nothing. Whatever the sink or the runs fail with is answered as it is.
// Unavailable: the device that holds the key is. Broken: the issuer has no certificate or may not
// sign CRLs, the algorithm is not of its key, an entry is malformed, a rule of RFC 5280, section 5
// would be broken, or the runs were not the same both times: what the sink got is to be thrown
// away.
Result<SignedCrl> sign_crl(const Issuer& issuer, const CrlOrder& order, const CrlRuns& runs,
                           const OctetSink& sink);

}  // namespace everseal::issuance
