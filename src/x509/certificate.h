#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/algorithm.h"
#include "x509/tbs_certificate.h"

namespace everseal::x509 {

// A signed certificate (RFC 5280, 4.1), read from its DER, which it keeps: what goes out is what
// came in. Parsing checks the form, not the signature: see x509/chain.h.
class Certificate {
 public:
  // Malformed: as TbsCertificate, octets behind the certificate, or two different signature
  // algorithms inside and outside the signed part.
  static Result<Certificate> parse(ByteView der);
  // One block "CERTIFICATE" (or "X509 CERTIFICATE", its old name).
  static Result<Certificate> parse_pem(std::string_view pem);
  // Any number of such blocks, in their order, and no others.
  static Result<std::vector<Certificate>> parse_pem_chain(std::string_view pem);

  ByteView der() const { return der_; }
  std::string pem() const;

  const TbsCertificate& tbs() const { return tbs_; }
  const Algorithm& signature_algorithm() const { return tbs_.signature_algorithm(); }
  ByteView signature() const { return signature_; }

  // The parts of tbs() that most readers want.
  const SerialNumber& serial() const { return tbs_.serial(); }
  const Name& issuer() const { return tbs_.issuer(); }
  const Name& subject() const { return tbs_.subject(); }
  const Validity& validity() const { return tbs_.validity(); }
  ByteView public_key_info() const { return tbs_.public_key_info(); }
  const Extensions& extensions() const { return tbs_.extensions(); }

  // Issuer and subject are the same name. Whether its own key signed it, only the key can tell.
  bool is_self_issued() const { return issuer().matches(subject()); }

  friend bool operator==(const Certificate& left, const Certificate& right) {
    return left.der_ == right.der_;
  }

 private:
  Certificate(Bytes der, TbsCertificate tbs, Bytes signature);
  Bytes der_;
  TbsCertificate tbs_;
  Bytes signature_;
};

// The certificates one after the other, each with its newline: the form of CertificateChain.
std::string to_pem(const std::vector<Certificate>& chain);

}  // namespace everseal::x509
