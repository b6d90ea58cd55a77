#include "services/acmpca/signing/revocation_pointers.h"

namespace everseal::acmpca {
namespace {

std::string ocsp_uri(const Authority& authority, const OcspConfiguration& ocsp) {
  if (ocsp.ocsp_custom_cname && !ocsp.ocsp_custom_cname->empty())
    return "http://" + *ocsp.ocsp_custom_cname;
  return "http://ocsp.acm-pca." + std::string(authority.arn.region()) + ".amazonaws.com";
}

}  // namespace

issuance::RevocationPointers pointers_of(const Authority& authority,
                                         const std::optional<CrlInUse>& in_use) {
  issuance::RevocationPointers pointers;
  const auto& [crl, ocsp] = authority.revocation;
  if (ocsp && ocsp->enabled) pointers.ocsp_uri = ocsp_uri(authority, *ocsp);
  if (!in_use) return pointers;
  const auto& extension = crl->distribution_point_extension;
  pointers.omit_crl_distribution_points = extension && extension->omit_extension;
  pointers.crl_uri = in_use->uri;
  return pointers;
}

}  // namespace everseal::acmpca
