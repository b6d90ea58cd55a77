#include <algorithm>

#include "x509/chain.h"
#include "x509/extension_types.h"
#include "x509/key_identifier.h"
#include "x509/ocsp_response.h"

namespace everseal::x509 {
namespace {

Fault refused(std::string why) { return Fault::malformed("OCSP response: " + std::move(why)); }

bool is_named(const OcspData& data, const Certificate& certificate) {
  if (data.responder_name()) return data.responder_name()->matches(certificate.subject());
  const auto id = key_identifier(certificate.public_key_info());
  return id && *id == *data.responder_key_id();
}

Outcome check_signature(const OcspResponse& response, const Certificate& signer) {
  return verify_signature(response.signature_algorithm(), signer.public_key_info(),
                          response.data().der(), response.signature());
}

bool is_about(const OcspData& data, const Certificate& issuer) {
  return std::ranges::all_of(data.singles(), [&](const OcspSingle& single) {
    return single.id.issuer == OcspIssuer::of(single.id.issuer.hash(), issuer);
  });
}

// The first certificate that the answer names as its responder.
const Certificate* responder_in(const OcspResponse& response) {
  const auto found = std::ranges::find_if(response.certificates(), [&](const Certificate& each) {
    return is_named(response.data(), each);
  });
  return found == response.certificates().end() ? nullptr : &*found;
}

}  // namespace

Outcome check_ocsp_delegation(const Certificate& issuer, const Certificate& responder) {
  if (!responder.issuer().matches(issuer.subject()) || !signed_by(issuer, responder)) {
    return refused("the responder's certificate is not of the issuer");
  }
  const auto purposes = responder.extensions().get<ExtendedKeyUsage>();
  if (!purposes) return purposes.error();
  if (!*purposes || !(*purposes)->has(oids::kOcspSigning)) {
    return refused("the responder's certificate is not for OCSP signing");
  }
  const auto usage = responder.extensions().get<KeyUsage>();
  if (!usage) return usage.error();
  if (!*usage || (*usage)->has(KeyUsageBit::DigitalSignature)) return {};
  return refused("the responder's certificate is not for signatures");
}

Outcome verify_ocsp_response(const OcspResponse& response, const Certificate& issuer,
                             TimePoint now) {
  if (response.error()) return refused("it is " + std::string(to_string(*response.error())));
  if (!is_about(response.data(), issuer)) return refused("it is about another issuer");
  if (is_named(response.data(), issuer)) return check_signature(response, issuer);
  const Certificate* responder = responder_in(response);
  if (responder == nullptr) return refused("the responder's certificate is missing");
  if (const auto may = check_ocsp_delegation(issuer, *responder); !may) return may;
  if (!responder->validity().contains(now)) {
    return refused("the responder's certificate is not valid now");
  }
  return check_signature(response, *responder);
}

}  // namespace everseal::x509
