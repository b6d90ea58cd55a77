#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/algorithms.h"
#include "encoding/bytes.h"
#include "issuance/lint/subject.h"
#include "result/result.h"
#include "x509/tbs_certificate.h"

namespace everseal::issuance::lint {

// A rule that a certificate would break.
struct Finding {
  std::string_view rule;    // "ca_signs_certificates"
  std::string_view source;  // "RFC 5280, 4.2.1.9"
  std::string what;         // what is wrong with this one
};

// The proof that the bytes were read back and every lint passed. Only lint() makes one; whoever
// signs a certificate takes it away. Moved from, it proves nothing and holds nothing.
class LintedTbs {
 public:
  LintedTbs(LintedTbs&& other) noexcept
      : tbs_(std::exchange(other.tbs_, std::nullopt)), algorithm_(other.algorithm_) {}
  LintedTbs& operator=(LintedTbs&&) = delete;
  LintedTbs(const LintedTbs&) = delete;
  LintedTbs& operator=(const LintedTbs&) = delete;

  const x509::TbsCertificate& tbs() const { return *tbs_; }
  ByteView der() const { return tbs_->der(); }
  crypto::SignatureAlgorithm signature_algorithm() const { return algorithm_; }
  x509::TbsCertificate take() && { return *std::exchange(tbs_, std::nullopt); }

 private:
  friend Result<LintedTbs, std::vector<Finding>> lint(Bytes tbs, const IssuerFacts& issuer);
  LintedTbs(x509::TbsCertificate tbs, crypto::SignatureAlgorithm algorithm)
      : tbs_(std::move(tbs)), algorithm_(algorithm) {}

  std::optional<x509::TbsCertificate> tbs_;
  crypto::SignatureAlgorithm algorithm_;
};

// Reads the bytes with x509's parser, which shares no code with its builder, and applies all rules.
Result<LintedTbs, std::vector<Finding>> lint(Bytes tbs, const IssuerFacts& issuer);

}  // namespace everseal::issuance::lint
