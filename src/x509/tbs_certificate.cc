#include "x509/tbs_certificate.h"

#include "x509/public_key_info.h"

namespace everseal::x509 {
namespace {

using asn1::context;
using asn1::context_constructed;
using asn1::DerReader;

// [0] EXPLICIT, absent in v1.
int read_version(DerReader& in) {
  if (!in.next_is(context_constructed(0))) return 1;
  std::uint32_t version = 0;
  in.constructed(context_constructed(0), [&](DerReader& body) {
    version = body.small_integer();
    if (version != 1 && version != 2) body.fail("a version other than v2 and v3");
  });
  return static_cast<int>(version) + 1;
}

Validity read_validity(DerReader& in) {
  Validity validity{};
  in.sequence([&](DerReader& body) {
    validity.not_before = body.time();
    validity.not_after = body.time();
    if (validity.not_after < validity.not_before) body.fail("notAfter before notBefore");
  });
  return validity;
}

// Nobody writes them any more; they are skipped.
void skip_unique_ids(DerReader& in, int version) {
  for (const unsigned number : {1U, 2U}) {
    if (!in.next_is(context(number))) continue;
    in.bit_string(context(number));
    if (version == 1) in.fail("a unique identifier in v1");
  }
}

}  // namespace

bool Validity::contains(TimePoint time) const {
  return not_before <= time && time < not_after + std::chrono::seconds(1);
}

Result<TbsCertificate> TbsCertificate::parse(Bytes der) {
  if (der.size() > kMaxOctets) return Fault::malformed("TBSCertificate: too long");
  TbsCertificate tbs;
  tbs.der_ = std::move(der);
  DerReader in(tbs.der_);
  in.sequence([&](DerReader& body) { tbs.read(body); });
  if (const auto done = in.finish("TBSCertificate"); !done) return done.error();
  return tbs;
}

void TbsCertificate::read(DerReader& in) {
  version_ = read_version(in);
  serial_ = SerialNumber::read(in);
  signature_algorithm_ = read_algorithm(in);
  issuer_ = Name::read(in);
  validity_ = read_validity(in);
  subject_ = Name::read(in);
  const ByteView key = read_public_key_info(in).whole;
  skip_unique_ids(in, version_);
  if (!in.at_end()) read_extensions(in);
  if (in.failed()) return;
  public_key_info_ = {static_cast<std::size_t>(key.data() - der_.data()), key.size()};
}

void TbsCertificate::read_extensions(DerReader& in) {
  if (version_ != 3) return in.fail("extensions need v3");
  in.constructed(context_constructed(3),
                 [&](DerReader& body) { extensions_ = Extensions::read(body); });
}

ByteView TbsCertificate::public_key_info() const {
  return ByteView(der_).subspan(public_key_info_.at, public_key_info_.size);
}

}  // namespace everseal::x509
