#pragma once

#include <cstdint>
#include <vector>

#include "crypto/algorithms.h"
#include "crypto/running_digest.h"
#include "encoding/bytes.h"
#include "issuance/lint/linted_tbs.h"
#include "issuance/lint/subject.h"
#include "result/result.h"
#include "x509/crl_builder.h"

namespace everseal::issuance::lint {

// The proof that every octet of a TBSCertList was read back, every lint passed, and this is its
// digest. Only CrlInspection makes one; whoever signs a CRL takes it away. Moved from, it holds
// nothing.
class LintedCrl {
 public:
  LintedCrl(LintedCrl&&) noexcept = default;
  LintedCrl& operator=(LintedCrl&&) = delete;
  LintedCrl(const LintedCrl&) = delete;
  LintedCrl& operator=(const LintedCrl&) = delete;

  crypto::SignatureAlgorithm signature_algorithm() const { return algorithm_; }
  ByteView digest() const { return digest_; }  // of that algorithm
  std::uint64_t entries() const { return entries_; }

 private:
  friend class CrlInspection;
  LintedCrl(crypto::SignatureAlgorithm algorithm, Bytes digest, std::uint64_t entries)
      : algorithm_(algorithm), digest_(std::move(digest)), entries_(entries) {}

  crypto::SignatureAlgorithm algorithm_;
  Bytes digest_;
  std::uint64_t entries_;
};

// Reads a CRL as it will be signed, with x509's parser, which shares no code with its builder. The
// entries come run by run and are not kept.
//
//   CrlInspection inspection(tbs, entries_octets, issuer);
//   for (...) inspection.add(run);
//   auto proof = std::move(inspection).finish();
class CrlInspection {
 public:
  // What the references point to outlives it.
  CrlInspection(const x509::CrlParts& tbs, std::uint64_t entries_octets, const IssuerFacts& issuer);

  // The next run of whole entries. Broken: it is none.
  Outcome add(ByteView run);
  Result<LintedCrl, std::vector<Finding>> finish() &&;

 private:
  const x509::CrlParts& tbs_;
  std::uint64_t announced_octets_;
  const IssuerFacts& issuer_;
  crypto::RunningDigest digest_;
  std::uint64_t octets_ = 0;
  std::uint64_t entries_ = 0;
  bool removes_entries_ = false;
};

}  // namespace everseal::issuance::lint
