#include "services/acmpca/issuing/refusals.h"

#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {

ApiError in_api_words(issuance::Refusal refusal) {
  using Kind = issuance::Refusal::Kind;
  switch (refusal.kind) {
    case Kind::MalformedCsr:
      return malformed_csr(std::move(refusal.message));
    case Kind::InvalidValidity:
    case Kind::ValidityBeyondIssuer:
    case Kind::ValidityTooLong:
    case Kind::PathLength:
      return validation_failed(std::move(refusal.message));
    case Kind::FamilyMismatch:
    case Kind::NameNotPermitted:
    case Kind::InvalidPassthrough:
    case Kind::LintFailed:
      return invalid_args(std::move(refusal.message));
    case Kind::IssuerCannotSign:
      return cannot_issue_now();
    case Kind::KeyUnavailable:
      return Fault::unavailable(std::move(refusal.message));
    case Kind::Broken:
      break;
  }
  return Fault::broken(std::move(refusal.message));
}

}  // namespace everseal::acmpca
