#pragma once

#include <string>
#include <string_view>

#include "asn1/der_reader.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/algorithm.h"
#include "x509/extension.h"
#include "x509/name.h"

namespace everseal::x509 {

// A certification request (PKCS #10, RFC 2986), read from its DER. Parsing checks the form;
// verify_csr() whether the requester holds the key.
class Csr {
 public:
  static constexpr std::size_t kMaxOctets = 1 << 20;

  // Malformed: anything but strict DER, a version other than 0, extensionRequest twice or with
  // anything but one valid list of extensions. Attributes of other types are passed over.
  static Result<Csr> parse(ByteView der);
  // One block "CERTIFICATE REQUEST" or "NEW CERTIFICATE REQUEST".
  static Result<Csr> parse_pem(std::string_view pem);

  ByteView der() const { return der_; }
  std::string pem() const;

  ByteView info() const {
    return view_of(info_);
  }  // CertificationRequestInfo, DER: what the requester signed
  const Name& subject() const { return subject_; }
  ByteView public_key_info() const {
    return view_of(public_key_info_);
  }  // SubjectPublicKeyInfo, DER
  // Those asked for by extensionRequest (RFC 2985, 5.4.2); empty if it is absent.
  const Extensions& extensions() const { return extensions_; }
  const Algorithm& signature_algorithm() const { return signature_algorithm_; }
  ByteView signature() const { return view_of(signature_); }

 private:
  struct Slice {  // of der_, so that a copy means its own octets
    std::size_t at = 0;
    std::size_t size = 0;
  };
  Csr() = default;
  void read(asn1::DerReader& in);
  void read_info(asn1::DerReader& in);
  void read_attribute(asn1::DerReader& in);
  Slice slice_of(ByteView part) const;
  ByteView view_of(Slice slice) const { return ByteView(der_).subspan(slice.at, slice.size); }

  Bytes der_;
  Slice info_;
  Name subject_;
  Slice public_key_info_;
  Extensions extensions_;
  Algorithm signature_algorithm_;
  Slice signature_;
};

// Whether the key in the request signed it. Malformed: the key or the algorithm is not one that
// crypto/ knows, or the signature is wrong.
Outcome verify_csr(const Csr& csr);

}  // namespace everseal::x509
