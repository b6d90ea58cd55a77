#pragma once

#include <optional>
#include <vector>

#include "asn1/der_reader.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/algorithm.h"
#include "x509/certificate.h"
#include "x509/name.h"
#include "x509/ocsp_error.h"
#include "x509/ocsp_status.h"

// OCSP answers, ours and others' (RFC 6960, 4.2).
namespace everseal::x509 {

// What a responder signs: ResponseData, read from its DER.
class OcspData {
 public:
  static constexpr std::size_t kMaxOctets = 64 * 1024;

  // Malformed: anything but strict DER of version 1, no single answer, a hash other than SHA-1 and
  // SHA-256, a malformed nonce, a critical extension that is not known here.
  static Result<OcspData> parse(ByteView der);

  ByteView der() const { return der_; }
  // Who signs: by its key's identifier or by its name; one of them is there.
  const std::optional<Bytes>& responder_key_id() const { return responder_key_id_; }
  const std::optional<Name>& responder_name() const { return responder_name_; }
  TimePoint produced_at() const { return produced_at_; }
  const std::vector<OcspSingle>& singles() const { return singles_; }  // at least one
  const OcspSingle* find(const OcspCertId& id) const;  // nullptr: says nothing of it
  ByteView nonce() const { return nonce_; }            // empty: there is none

 private:
  friend class OcspResponse;
  OcspData() = default;
  void read(asn1::DerReader& in);
  void read_responder(asn1::DerReader& in);
  void read_single(asn1::DerReader& in);
  void read_extensions(asn1::DerReader& in);

  Bytes der_;
  std::optional<Bytes> responder_key_id_;
  std::optional<Name> responder_name_;
  TimePoint produced_at_{};
  std::vector<OcspSingle> singles_;
  Bytes nonce_;
};

// A whole answer, read from its DER. Parsing checks the form; verify_ocsp_response() the signature.
class OcspResponse {
 public:
  static constexpr std::size_t kMaxOctets = 128 * 1024;
  static constexpr std::size_t kMaxCertificates = 8;

  // Malformed also: a response type other than id-pkix-ocsp-basic.
  static Result<OcspResponse> parse(ByteView der);

  // Why there is no answer; nothing: there is one, and what follows may be asked.
  const std::optional<OcspError>& error() const { return error_; }
  const OcspData& data() const { return data_; }
  const Algorithm& signature_algorithm() const { return signature_algorithm_; }
  ByteView signature() const { return signature_; }
  const std::vector<Certificate>& certificates() const { return certificates_; }

 private:
  OcspResponse() = default;
  void read(asn1::DerReader& in);
  void read_basic(asn1::DerReader& in);
  void read_certificates(asn1::DerReader& in);

  std::optional<OcspError> error_;
  OcspData data_;
  Algorithm signature_algorithm_;
  Bytes signature_;
  std::vector<Certificate> certificates_;
};

// Whether a relying party that trusts `issuer` may believe the answer (RFC 6960, 3.2): it is about
// certificates of that issuer, and signed by it or by a responder to which it has delegated that,
// whose certificate is valid at `now`. Malformed: says what is wrong. How old the answer may be,
// and whether it is about the right certificate, only the caller knows.
Outcome verify_ocsp_response(const OcspResponse& response, const Certificate& issuer,
                             TimePoint now);

// Whether `issuer` has delegated answering to that certificate (RFC 6960, 4.2.2.2): it signed it
// itself, for OCSP signing. Malformed: says why not.
Outcome check_ocsp_delegation(const Certificate& issuer, const Certificate& responder);

}  // namespace everseal::x509
