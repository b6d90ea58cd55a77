#include "x509/certificate.h"

#include <array>

#include "asn1/der_reader.h"
#include "asn1/pem.h"

namespace everseal::x509 {
namespace {

using asn1::DerReader;

constexpr std::array<std::string_view, 2> kLabels = {asn1::kCertificateLabel, "X509 CERTIFICATE"};
constexpr std::size_t kMaxOctets = TbsCertificate::kMaxOctets + 16'384;  // a signature's worth

// The outer SEQUENCE, its parts not yet looked into.
struct Envelope {
  ByteView tbs;
  Algorithm algorithm;
  ByteView signature;
};

Result<Envelope> open_envelope(ByteView der) {
  if (der.size() > kMaxOctets) return Fault::malformed("certificate: too long");
  return asn1::parse_as<Envelope>(der, "certificate", [](DerReader& in, Envelope& envelope) {
    in.sequence([&](DerReader& body) {
      envelope.tbs = body.whole_element(asn1::Tag::Sequence);
      envelope.algorithm = read_algorithm(body);
      envelope.signature = body.bit_string_octets();
    });
  });
}

}  // namespace

Certificate::Certificate(Bytes der, TbsCertificate tbs, Bytes signature)
    : der_(std::move(der)), tbs_(std::move(tbs)), signature_(std::move(signature)) {}

Result<Certificate> Certificate::parse(ByteView der) {
  const auto envelope = open_envelope(der);
  if (!envelope) return envelope.error();
  auto tbs = TbsCertificate::parse(to_bytes(envelope->tbs));
  if (!tbs) return std::move(tbs).error();
  // RFC 5280, 4.1.1.2: "MUST contain the same algorithm identifier as the signature field".
  if (tbs->signature_algorithm() != envelope->algorithm) {
    return Fault::malformed("certificate: two different signature algorithms");
  }
  return Certificate(to_bytes(der), *std::move(tbs), to_bytes(envelope->signature));
}

Result<Certificate> Certificate::parse_pem(std::string_view pem) {
  const auto block = asn1::Pem::parse_one(pem, kLabels);
  if (!block) return block.error();
  return parse(block->content());
}

Result<std::vector<Certificate>> Certificate::parse_pem_chain(std::string_view pem) {
  const auto blocks = asn1::Pem::parse_all(pem);
  if (!blocks) return blocks.error();
  std::vector<Certificate> chain;
  for (const auto& block : *blocks) {
    if (block.label() != kLabels[0] && block.label() != kLabels[1]) {
      return Fault::malformed("PEM: a block that is not a certificate");
    }
    auto certificate = parse(block.content());
    if (!certificate) return std::move(certificate).error();
    chain.push_back(*std::move(certificate));
  }
  return chain;
}

std::string Certificate::pem() const { return asn1::Pem::print(asn1::kCertificateLabel, der_); }

std::string to_pem(const std::vector<Certificate>& chain) {
  std::string text;
  for (const auto& certificate : chain) text += certificate.pem();
  return text;
}

}  // namespace everseal::x509
