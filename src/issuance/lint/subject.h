#pragma once

#include <optional>

#include "crypto/algorithms.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/extension_types.h"
#include "x509/tbs_certificate.h"

namespace everseal::issuance::lint {

// What is known of whoever is about to sign.
struct IssuerFacts {
  ByteView name;    // DER of its subject
  ByteView key_id;  // what authorityKeyIdentifier must say; empty for a self-signed certificate
  crypto::SignatureAlgorithm signature_algorithm;  // the one it signs with
};

// The certificate under judgement; each extension that a rule looks at is read once.
struct Subject {
  const x509::TbsCertificate& tbs;
  const IssuerFacts& issuer;
  std::optional<x509::BasicConstraints> basic_constraints;
  std::optional<x509::KeyUsage> key_usage;
  std::optional<x509::ExtendedKeyUsage> extended_key_usage;
  std::optional<x509::SubjectAlternativeName> alternative_name;
  std::optional<x509::SubjectKeyIdentifier> subject_key_identifier;
  std::optional<x509::AuthorityKeyIdentifier> authority_key_identifier;
  std::optional<x509::CrlDistributionPoints> crl_distribution_points;
  std::optional<x509::AuthorityInfoAccess> authority_info_access;

  // Malformed: an extension of a known type that is not what its type says.
  static Result<Subject> read(const x509::TbsCertificate& tbs, const IssuerFacts& issuer);

  bool is_ca() const { return basic_constraints && basic_constraints->ca; }
  bool is_self_signed() const { return issuer.key_id.empty(); }
};

}  // namespace everseal::issuance::lint
