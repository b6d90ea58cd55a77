#include "x509/csr.h"

#include <array>

#include "asn1/pem.h"
#include "crypto/public_key.h"
#include "x509/oids.h"
#include "x509/public_key_info.h"

namespace everseal::x509 {
namespace {

using asn1::context_constructed;
using asn1::DerReader;

constexpr std::array<std::string_view, 2> kLabels = {asn1::kCsrLabel, "NEW CERTIFICATE REQUEST"};

}  // namespace

Result<Csr> Csr::parse(ByteView der) {
  if (der.size() > kMaxOctets) return Fault::malformed("certification request: too long");
  Csr csr;
  csr.der_ = to_bytes(der);
  DerReader in(csr.der_);
  in.sequence([&](DerReader& body) { csr.read(body); });
  if (const auto done = in.finish("certification request"); !done) return done.error();
  return csr;
}

Result<Csr> Csr::parse_pem(std::string_view pem) {
  const auto block = asn1::Pem::parse_one(pem, kLabels);
  if (!block) return block.error();
  return parse(block->content());
}

std::string Csr::pem() const { return asn1::Pem::print(asn1::kCsrLabel, der_); }

void Csr::read(DerReader& in) {
  info_ = slice_of(in.octets_read_by(
      [&](DerReader& outer) { outer.sequence([&](DerReader& body) { read_info(body); }); }));
  signature_algorithm_ = read_algorithm(in);
  signature_ = slice_of(in.bit_string_octets());
}

void Csr::read_info(DerReader& in) {
  if (in.small_integer() != 0) in.fail("a version other than v1");
  subject_ = Name::read(in);
  public_key_info_ = slice_of(read_public_key_info(in).whole);
  // RFC 2986 wants an empty set where there are no attributes; some leave it out.
  if (in.at_end()) return;
  in.constructed(context_constructed(0), [&](DerReader& attributes) {
    if (attributes.at_end()) return;
    attributes.in_order([&](DerReader& next) { read_attribute(next); });
  });
}

void Csr::read_attribute(DerReader& in) {
  in.sequence([&](DerReader& attribute) {
    const auto type = attribute.oid();
    attribute.set([&](DerReader& values) {
      if (type == oids::kExtensionRequest) {
        if (!extensions_.empty()) values.fail("extensionRequest comes twice");
        extensions_ = Extensions::read(values);
        return;
      }
      values.in_order([](DerReader& next) { next.any(); });
    });
  });
}

Csr::Slice Csr::slice_of(ByteView part) const {
  if (part.empty()) return {};
  return {static_cast<std::size_t>(part.data() - der_.data()), part.size()};
}

Outcome verify_csr(const Csr& csr) {
  const auto algorithm = signature_algorithm(csr.signature_algorithm());
  if (!algorithm) {
    return Fault::malformed("certification request: signature algorithm " +
                            csr.signature_algorithm().oid.text() + " is not known");
  }
  const auto key = crypto::PublicKey::from_spki(csr.public_key_info());
  if (!key) return key.error();
  if (!key->verify(*algorithm, csr.info(), csr.signature())) {
    return Fault::malformed("certification request: not signed by the key in it");
  }
  return {};
}

}  // namespace everseal::x509
