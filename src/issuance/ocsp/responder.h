#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <vector>

#include "clock/clock.h"
#include "crypto/algorithms.h"
#include "encoding/bytes.h"
#include "issuance/ocsp/compact_answer.h"
#include "keys/signing_key.h"
#include "result/result.h"
#include "x509/certificate.h"
#include "x509/ocsp_status.h"
#include "x509/tbs_certificate.h"

namespace everseal::issuance::ocsp {

// A certificate that was asked about, and what is known of it.
struct Known {
  x509::OcspCertId id;
  x509::OcspStatus status;
};

// Signs answers for one CA: with the key of a responder that the CA has delegated this to, or with
// the CA's own. Keep it as a shared_ptr<const Responder> beside the CA. Immutable, so any number of
// threads may answer with it.
class Responder {
 public:
  using Key = std::shared_ptr<const keys::SigningKey>;

  // Broken: the responder's certificate is not the CA's for OCSP signing, or is of another key.
  static Result<Responder> delegated(const x509::Certificate& ca,
                                     const x509::Certificate& responder, Key key,
                                     crypto::SignatureAlgorithm algorithm);
  // The CA answers itself: its answers are shorter, without a certificate. Broken: as above.
  static Result<Responder> authority(const x509::Certificate& ca, Key key,
                                     crypto::SignatureAlgorithm algorithm);

  // How questions name the CA.
  const x509::OcspIssuer& issuer(x509::OcspHash hash) const {
    return issuers_[static_cast<std::size_t>(hash)];
  }
  // Of the certificate whose key signs.
  const x509::Validity& validity() const { return validity_; }
  const SignerTag& tag() const { return tag_; }

  // From now on for so long, but not longer than the certificate lasts.
  Window window(TimePoint now, std::chrono::seconds lifetime) const;

  // DER of a whole answer, signed now. `nonce` is that of the question, or empty. Broken: a time
  // outside the certificate's, a certificate of another CA of which more is said than that it is
  // unknown, or octets that do not say what they should once they are read back; then nothing is
  // signed. Unavailable: the device that holds the key is.
  Result<Bytes> answer(std::span<const Known> certificates, const Window& window,
                       ByteView nonce = {}) const;

  // The same for one certificate without a nonce, to be kept; and its octets, without the key.
  // Broken: it was signed by another.
  Result<CompactAnswer> presign(const Known& certificate, const Window& window) const;
  Result<Bytes> assemble(const x509::OcspCertId& id, const CompactAnswer& answer) const;

 private:
  Responder(const x509::Certificate& ca, const x509::Certificate& signer, Key key,
            crypto::SignatureAlgorithm algorithm);
  static Result<Responder> make(const x509::Certificate& ca, const x509::Certificate& signer,
                                Key key, crypto::SignatureAlgorithm algorithm);

  using Singles = std::vector<x509::OcspSingle>;
  Outcome check(const Singles& singles, const Window& window) const;
  // The octets to sign, read back.
  Result<Bytes> draft(const Singles& singles, const Window& window, ByteView nonce) const;

  std::vector<x509::OcspIssuer> issuers_;  // in the order of OcspHash
  x509::Validity validity_;
  SignerTag tag_{};
  Bytes key_id_;
  Bytes certificates_;  // what goes with the answers
  Key key_;
  crypto::SignatureAlgorithm algorithm_;
};

}  // namespace everseal::issuance::ocsp
