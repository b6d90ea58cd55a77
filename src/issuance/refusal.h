#pragma once

#include <string>

#include "result/fault.h"

namespace everseal::issuance {

// Why a certificate was not issued. The message is a sentence for the caller, without internals;
// the service that was asked gives it the name of an error of its API.
struct Refusal {
  enum class Kind {
    MalformedCsr,          // its signature is wrong, its key unknown, it names nobody
    InvalidValidity,       // no such date, in the past, the end before the beginning
    ValidityBeyondIssuer,  // the certificate would outlive its issuer
    ValidityTooLong,       // above what this CA may issue: short-lived certificates
    FamilyMismatch,        // an RSA signature by an ECDSA key, or the other way round
    PathLength,            // the issuer may not have such a CA below it
    NameNotPermitted,      // by the name constraints of the issuer or of a CA above it
    InvalidPassthrough,    // an extension twice, or what cannot be encoded
    IssuerCannotSign,      // no certificate is installed, or it is not a CA's
    LintFailed,            // the certificate would break a rule: see the message
    KeyUnavailable,        // the device that holds the key is; later may work
    Broken,                // a bug or damage; the message is for the log alone
  };
  Kind kind;
  std::string message;

  Refusal(Kind why, std::string text) : kind(why), message(std::move(text)) {}
  // NOLINTNEXTLINE(google-explicit-constructor): `return fault.error();` is the point.
  Refusal(const Fault& fault)
      : kind(fault.kind == Fault::Kind::Unavailable ? Kind::KeyUnavailable : Kind::Broken),
        message(fault.cause) {}
};

}  // namespace everseal::issuance
