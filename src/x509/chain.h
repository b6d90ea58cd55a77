#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "result/result.h"
#include "x509/certificate.h"
#include "x509/policies.h"

// Is this an unbroken path from a certificate to a trusted one? RFC 5280, 6.1: all of it but
// revocation, which x509/revocation.h looks up.
namespace everseal::x509 {

// Whether `issuer`'s key made the signature of `certificate`.
using SignatureVerifier =
    std::function<bool(const Certificate& issuer, const Certificate& certificate)>;

// Through crypto::PublicKey.
bool signed_by(const Certificate& issuer, const Certificate& certificate);

enum class ChainProblem {
  Empty,
  TooLong,       // above ChainRules::max_length
  WrongIssuer,   // the issuer's name is not the next one's subject
  BadSignature,  // the next one's key did not make it
  NotYetValid,
  Expired,
  NotACa,            // an issuer without basicConstraints CA:TRUE (v1 and v2 among them)
  PathTooLong,       // a pathLenConstraint is exceeded
  MayNotSign,        // an issuer whose keyUsage lacks keyCertSign
  NameNotAllowed,    // by nameConstraints above it
  PolicyNotAllowed,  // a policy is required and none holds, or policies that cannot be judged
  UnknownCriticalExtension,
  MalformedExtension,  // one of those judged here
  NotSelfSigned,       // the last one, where ChainRules asks for a root
};
std::string_view to_string(ChainProblem problem);

struct ChainFault {
  ChainProblem problem;
  std::size_t index;  // of the certificate at fault: 0 is the leaf
  std::string cause;  // for the log and for messages: which name, which extension

  operator Fault() const;  // NOLINT(google-explicit-constructor): returned as one
};

struct ChainRules {
  // The moment that every certificate must contain; nothing: validity is not judged.
  std::optional<TimePoint> at = {};
  // Whether the validity of the last certificate counts too (RFC 5280 leaves it to the relying
  // party: 6.2).
  bool check_anchor_validity = true;
  // The last certificate must be self-signed. Otherwise it is trusted as it is, whoever signed it.
  bool anchor_is_root = true;
  // The leaf is going to issue certificates itself, so it is judged as the other issuers are, and a
  // path length above it must leave room for it.
  bool leaf_is_a_ca = false;
  std::size_t max_length = 10;  // certificates, leaf and anchor included
  PolicyRules policies = {};    // any will do, and none, unless a CA of the path demands one
};

// The path begins with the leaf and ends with the anchor; each certificate is issued by the next.
// A path of one is an anchor that vouches for itself. What the anchor demands of those below it
// counts as if it were one of them. Judged of extensions: basicConstraints, keyUsage (of issuers),
// nameConstraints and those about policies. These may be critical as they demand nothing of a path,
// and are left to who uses the leaf: extendedKeyUsage, alternative names, key identifiers,
// subjectDirectoryAttributes, subjectInfoAccess. Any other critical one is refused.
Result<void, ChainFault> validate_chain(std::span<const Certificate> path, const ChainRules& rules,
                                        const SignatureVerifier& verify = signed_by);

}  // namespace everseal::x509
