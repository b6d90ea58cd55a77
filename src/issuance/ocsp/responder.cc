#include "issuance/ocsp/responder.h"

#include <algorithm>
#include <utility>

#include "crypto/digest.h"
#include "x509/key_identifier.h"
#include "x509/ocsp_builder.h"
#include "x509/ocsp_response.h"

namespace everseal::issuance::ocsp {
namespace {

using std::chrono::floor;
using std::chrono::seconds;
using x509::Certificate;
using x509::OcspSingle;

// To the second, as it is encoded: what is read back must be the same.
x509::OcspStatus in_seconds(const x509::OcspStatus& status) {
  const auto* revoked = std::get_if<x509::OcspRevoked>(&status);
  if (revoked == nullptr) return status;
  return x509::OcspRevoked{floor<seconds>(revoked->at), revoked->reason};
}

OcspSingle single_of(const Known& certificate, const Window& window) {
  return {certificate.id, in_seconds(certificate.status), window.this_update, window.next_update};
}

// The parser shares no code with the builder.
bool says(const x509::OcspData& data, ByteView key_id, const std::vector<OcspSingle>& singles,
          const Window& window, ByteView nonce) {
  return data.responder_key_id() && std::ranges::equal(*data.responder_key_id(), key_id) &&
         data.produced_at() == window.this_update && data.singles() == singles &&
         std::ranges::equal(data.nonce(), nonce);
}

}  // namespace

Responder::Responder(const Certificate& ca, const Certificate& signer, Key key,
                     crypto::SignatureAlgorithm algorithm)
    : issuers_{x509::OcspIssuer::of(x509::OcspHash::Sha1, ca),
               x509::OcspIssuer::of(x509::OcspHash::Sha256, ca)},
      validity_(signer.validity()),
      key_(std::move(key)),
      algorithm_(algorithm) {
  const auto digest = crypto::sha256(signer.der());
  std::ranges::copy(ByteView(digest).first(tag_.size()), tag_.begin());
}

Result<Responder> Responder::make(const Certificate& ca, const Certificate& signer, Key key,
                                  crypto::SignatureAlgorithm algorithm) {
  if (!std::ranges::equal(signer.public_key_info(), key->public_key_info())) {
    return Fault::broken("the OCSP responder's certificate is of another key");
  }
  auto key_id = x509::key_identifier(signer.public_key_info());
  if (!key_id) return Fault::broken(key_id.error().cause);
  Responder responder(ca, signer, std::move(key), algorithm);
  responder.key_id_ = *std::move(key_id);
  return responder;
}

Result<Responder> Responder::delegated(const Certificate& ca, const Certificate& responder, Key key,
                                       crypto::SignatureAlgorithm algorithm) {
  if (const auto may = x509::check_ocsp_delegation(ca, responder); !may) {
    return Fault::broken(may.error().cause);
  }
  auto made = make(ca, responder, std::move(key), algorithm);
  if (made) made->certificates_ = to_bytes(responder.der());
  return made;
}

Result<Responder> Responder::authority(const Certificate& ca, Key key,
                                       crypto::SignatureAlgorithm algorithm) {
  return make(ca, ca, std::move(key), algorithm);
}

Window Responder::window(TimePoint now, seconds lifetime) const {
  const TimePoint begin = floor<seconds>(now);
  return {begin, std::min<TimePoint>(begin + floor<seconds>(lifetime), validity_.not_after)};
}

Outcome Responder::check(const Singles& singles, const Window& window) const {
  const auto& [begin, end] = window;
  if (begin < validity_.not_before || end > validity_.not_after || end <= begin) {
    return Fault::broken("an OCSP answer outside the time of the responder's certificate");
  }
  const bool ours_only = std::ranges::all_of(singles, [&](const OcspSingle& single) {
    return single.id.issuer == issuer(single.id.issuer.hash()) ||
           std::holds_alternative<x509::OcspUnknown>(single.status);
  });
  if (!ours_only) return Fault::broken("an OCSP answer about a certificate of another CA");
  return {};
}

Result<Bytes> Responder::draft(const Singles& singles, const Window& window, ByteView nonce) const {
  if (const auto fit = check(singles, window); !fit) return fit.error();
  Bytes octets = x509::build_ocsp_data({.responder_key_id = key_id_,
                                        .produced_at = window.this_update,
                                        .singles = singles,
                                        .nonce = nonce});
  const auto read = x509::OcspData::parse(octets);
  if (!read) return Fault::broken("an OCSP answer cannot be read back: " + read.error().cause);
  if (says(*read, key_id_, singles, window, nonce)) return octets;
  return Fault::broken("an OCSP answer does not say what it should");
}

Result<Bytes> Responder::answer(std::span<const Known> certificates, const Window& window,
                                ByteView nonce) const {
  Singles singles;
  singles.reserve(certificates.size());
  for (const auto& certificate : certificates) singles.push_back(single_of(certificate, window));
  const auto data = draft(singles, window, nonce);
  if (!data) return data.error();
  const auto signature = key_->sign(algorithm_, *data);
  if (!signature) return signature.error();
  return x509::assemble_ocsp_response(*data, algorithm_, *signature, certificates_);
}

Result<CompactAnswer> Responder::presign(const Known& certificate, const Window& window) const {
  const auto single = single_of(certificate, window);
  const auto data = draft({single}, window, {});
  if (!data) return data.error();
  auto signature = key_->sign(algorithm_, *data);
  if (!signature) return std::move(signature).error();
  return CompactAnswer{tag_, window, single.status, *std::move(signature)};
}

Result<Bytes> Responder::assemble(const x509::OcspCertId& id, const CompactAnswer& answer) const {
  if (answer.signer != tag_) return Fault::broken("an OCSP answer that another responder signed");
  const auto single = single_of({id, answer.status}, answer.window);
  const Bytes data = x509::build_ocsp_data({.responder_key_id = key_id_,
                                            .produced_at = answer.window.this_update,
                                            .singles = {&single, 1}});
  return x509::assemble_ocsp_response(data, algorithm_, answer.signature, certificates_);
}

}  // namespace everseal::issuance::ocsp
