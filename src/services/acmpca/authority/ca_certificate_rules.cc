#include "services/acmpca/authority/ca_certificate_rules.h"

#include <algorithm>
#include <array>

#include "services/acmpca/model/errors.h"
#include "x509/certificate.h"
#include "x509/chain.h"
#include "x509/csr.h"
#include "x509/extension_types.h"
#include "x509/oids.h"

namespace everseal::acmpca {
namespace {

namespace oids = x509::oids;
using Check = Result<void, ApiError>;
using x509::Certificate;

constexpr std::array may_be_critical = {oids::kAuthorityKeyIdentifier,
                                        oids::kBasicConstraints,
                                        oids::kCertificatePolicies,
                                        oids::kExtendedKeyUsage,
                                        oids::kInhibitAnyPolicy,
                                        oids::kIssuerAlternativeName,
                                        oids::kKeyUsage,
                                        oids::kNameConstraints,
                                        oids::kPolicyMappings,
                                        oids::kSubjectAlternativeName,
                                        oids::kSubjectDirectoryAttributes,
                                        oids::kSubjectKeyIdentifier,
                                        oids::kSubjectInfoAccess};

// The certificate itself and what it hangs on: its issuer first, the root last.
using Path = std::vector<Certificate>;

Result<Path, ApiError> read_path(std::string_view certificate_pem, std::string_view chain_pem) {
  auto certificate = Certificate::parse_pem(certificate_pem);
  if (!certificate) return malformed_certificate("The certificate is not one PEM certificate.");
  auto chain = Certificate::parse_pem_chain(chain_pem);
  if (!chain) return malformed_certificate("The certificate chain is not PEM certificates.");
  Path path;
  path.reserve(chain->size() + 1);
  path.push_back(*std::move(certificate));
  std::move(chain->begin(), chain->end(), std::back_inserter(path));
  return path;
}

bool is_self_signed(const Certificate& certificate) {
  return certificate.is_self_issued() && x509::signed_by(certificate, certificate);
}

Check check_key(const Certificate& certificate, const Authority& authority) {
  const auto csr = x509::Csr::parse(authority.csr);
  if (!csr) return csr.error();
  if (std::ranges::equal(certificate.public_key_info(), csr->public_key_info())) return {};
  return certificate_mismatch(
      "The public key of the certificate is not that of the certificate authority.");
}

Check check_kind(const Path& path, CaType type) {
  const bool self_signed = is_self_signed(path.front());
  const bool has_chain = path.size() > 1;
  if (type == CaType::Root) {
    if (!self_signed) return invalid_request("The certificate of a ROOT CA must be self-signed.");
    if (has_chain) return invalid_request("A ROOT CA takes no certificate chain.");
    return {};
  }
  if (self_signed)
    return invalid_request("The certificate of a SUBORDINATE CA must not be self-signed.");
  if (!has_chain) return invalid_request("A SUBORDINATE CA needs a certificate chain.");
  return {};
}

Check check_basic_constraints(const Certificate& certificate) {
  const auto* extension = certificate.extensions().find(oids::kBasicConstraints);
  if (extension == nullptr || !extension->critical)
    return validation_failed("The certificate must have critical basicConstraints.");
  const auto constraints = x509::BasicConstraints::parse(extension->value);
  if (!constraints) return malformed_certificate("basicConstraints is malformed.");
  if (!constraints->ca) return validation_failed("basicConstraints must say CA:TRUE.");
  if (certificate.subject().empty())
    return validation_failed("The certificate of a CA must have a subject.");
  return {};
}

Check check_critical_extensions(const Certificate& certificate) {
  for (const auto& extension : certificate.extensions()) {
    if (!extension.critical) continue;
    if (std::ranges::find(may_be_critical, extension.type) == may_be_critical.end())
      return invalid_request("The extension " + extension.type.text() + " must not be critical.");
  }
  return {};
}

ApiError in_api_words(const x509::ChainFault& fault) {
  using Problem = x509::ChainProblem;
  const bool is_own_link = fault.index == 0;  // from the certificate to the first of the chain
  const std::string message = "The certificate chain is not valid: " + fault.cause + ".";
  switch (fault.problem) {
    case Problem::NotYetValid:
    case Problem::Expired:
    case Problem::NotACa:
    case Problem::MayNotSign:
    case Problem::PathTooLong:
    case Problem::TooLong:
      return validation_failed(message);
    case Problem::NameNotAllowed:
      return certificate_mismatch(message);
    case Problem::WrongIssuer:
    case Problem::BadSignature:
      return is_own_link ? certificate_mismatch(message) : malformed_certificate(message);
    case Problem::UnknownCriticalExtension:
      return invalid_request(message);
    case Problem::Empty:
    case Problem::MalformedExtension:
    case Problem::PolicyNotAllowed:
    case Problem::NotSelfSigned:
      break;
  }
  return malformed_certificate(message);
}

Check check_chain(const Path& path, TimePoint now) {
  const x509::ChainRules rules{
      .at = now, .check_anchor_validity = false, .anchor_is_root = true, .leaf_is_a_ca = true};
  const auto valid = x509::validate_chain(path, rules);
  if (!valid) return in_api_words(valid.error());
  return {};
}

InstalledCertificate installed(const Path& path) {
  const auto& certificate = path.front();
  InstalledCertificate result{.der = to_bytes(certificate.der()),
                              .chain = {},
                              .serial = to_bytes(certificate.serial().octets()),
                              .not_before = certificate.validity().not_before,
                              .not_after = certificate.validity().not_after};
  for (std::size_t i = 1; i < path.size(); ++i) result.chain.push_back(to_bytes(path[i].der()));
  return result;
}

}  // namespace

Result<InstalledCertificate, ApiError> check_ca_certificate(const Authority& authority,
                                                            std::string_view certificate_pem,
                                                            std::string_view chain_pem,
                                                            TimePoint now) {
  const auto path = read_path(certificate_pem, chain_pem);
  if (!path) return path.error();
  const auto& certificate = path->front();
  if (auto fit = check_key(certificate, authority); !fit) return fit.error();
  if (auto fit = check_kind(*path, authority.type); !fit) return fit.error();
  if (auto fit = check_basic_constraints(certificate); !fit) return fit.error();
  if (auto fit = check_critical_extensions(certificate); !fit) return fit.error();
  if (auto fit = check_chain(*path, now); !fit) return fit.error();
  return installed(*path);
}

}  // namespace everseal::acmpca
