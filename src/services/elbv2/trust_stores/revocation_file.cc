#include "services/elbv2/trust_stores/revocation_file.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "asn1/pem.h"
#include "services/elbv2/trust_stores/armour.h"
#include "services/elbv2/trust_stores/errors.h"
#include "services/elbv2/trust_stores/serials.h"
#include "x509/crl.h"
#include "x509/extension_types.h"

namespace everseal::elbv2::trust_stores {
namespace {

using x509::Certificate;

Result<Bytes, ApiError> only_block(std::string_view file) {
  auto blocks = asn1::Pem::parse_all(file);
  if (!blocks) return invalid_revocation("The revocation file is not PEM: " + blocks.error().cause);
  if (blocks->empty()) return invalid_revocation(why_no_block(file, asn1::kCrlLabel, "crl"));
  if (blocks->front().label() != asn1::kCrlLabel) {
    return invalid_revocation("The revocation file holds a block '" + blocks->front().label() +
                              "' where '" + std::string(asn1::kCrlLabel) + "' is wanted");
  }
  if (blocks->size() > 1) {
    return invalid_revocation("More than one CRL objects in the revocation file");
  }
  return std::move(blocks->front()).take();
}

std::optional<std::string> why_not(const x509::Crl& crl) {
  if (crl.is_delta()) return "The CRL is a delta CRL, and only complete ones are taken";
  const auto& point = crl.tbs().distribution_point;
  if (point && point->only_attribute_certificates) {
    return "The CRL speaks of attribute certificates only";
  }
  return std::nullopt;
}

bool may_sign_crls(const Certificate& certificate) {
  const auto usage = certificate.extensions().get<x509::KeyUsage>();
  return usage && (!*usage || (*usage)->has(x509::KeyUsageBit::CrlSign));
}

// The one of the bundle whose key made the signature; its name is as certificates have it. Nothing:
// the bundle has none of that name, and none is asked for.
Result<const Certificate*, ApiError> signer_of(const x509::Crl& crl,
                                               const std::vector<Certificate>& bundle,
                                               const Settings& settings) {
  std::optional<ApiError> refused;
  for (const Certificate& candidate : bundle) {
    if (!candidate.subject().matches(crl.issuer())) continue;
    const std::string name = candidate.subject().text();
    if (!may_sign_crls(candidate)) {
      refused = invalid_revocation("The key usage of the CA '" + name +
                                   "' does not allow it to sign CRLs");
    } else if (const auto fine = x509::verify_crl(crl, candidate.public_key_info()); fine) {
      return &candidate;
    } else {
      refused = invalid_revocation("The signature of the CRL cannot be verified with the key of '" +
                                   name + "' in the trust store");
    }
  }
  if (refused) return *std::move(refused);
  if (settings.takes_foreign_crls) return nullptr;
  return invalid_revocation("The issuer of the CRL, '" + crl.issuer().text() +
                            "', is not among the CA certificates of the trust store");
}

}  // namespace

Result<RevocationList, ApiError> read_revocation_file(std::string_view file,
                                                      const std::vector<Certificate>& bundle,
                                                      const Settings& settings) {
  auto der = only_block(file);
  if (!der) return der.error();
  const auto crl = x509::Crl::parse(*der);
  if (!crl) return invalid_revocation("The CRL cannot be used: " + crl.error().cause);
  if (auto reason = why_not(*crl)) return invalid_revocation(*std::move(reason));
  if (static_cast<std::int64_t>(crl->entries().size()) > settings.revoked_entries) {
    return too_many_entries(settings.revoked_entries);
  }
  const auto signer = signer_of(*crl, bundle, settings);
  if (!signer) return signer.error();
  auto serials = packed(crl->entries());
  if (!serials) return serials.error();
  RevocationList list{
      .issuer = to_bytes(*signer == nullptr ? crl->issuer().der() : (*signer)->subject().der()),
      .this_update = crl->this_update(),
      .next_update = crl->next_update(),
      .entries = static_cast<std::int64_t>(crl->entries().size()),
      .serials = *std::move(serials)};
  list.der = *std::move(der);
  return list;
}

}  // namespace everseal::elbv2::trust_stores
