#pragma once

#include <cstddef>
#include <vector>

#include "asn1/der_reader.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/extension.h"
#include "x509/ocsp_cert_id.h"
#include "x509/ocsp_error.h"

namespace everseal::x509 {

// What a relying party asks a responder (RFC 6960, 4.1): which certificates, and whether the answer
// has to be new. A signature is passed over: everybody may ask.
class OcspRequest {
 public:
  static constexpr std::size_t kMaxOctets = 16 * 1024;
  static constexpr std::size_t kMaxAsked = 50;
  static constexpr std::size_t kMaxNonceOctets = 128;  // RFC 9654, 2.1

  // MalformedRequest: anything but strict DER of a v1 request, nothing asked or too much, a nonce
  // that is empty or too long. Unauthorized, as this responder cannot give the answer: a hash other
  // than SHA-1 and SHA-256, a critical extension that is not known here.
  static Result<OcspRequest, OcspError> parse(ByteView der);

  // In the order of the request; at least one.
  const std::vector<OcspCertId>& asked() const { return asked_; }
  ByteView nonce() const { return nonce_; }  // empty: none was sent

 private:
  OcspRequest() = default;
  void read_tbs(asn1::DerReader& in);
  void read_single(asn1::DerReader& in);
  void judge(const Extensions& extensions);

  std::vector<OcspCertId> asked_;
  Bytes nonce_;
  bool beyond_us_ = false;  // well-formed, but not for this responder
};

}  // namespace everseal::x509
