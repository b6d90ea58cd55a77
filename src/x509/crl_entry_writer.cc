#include "asn1/der_writer.h"
#include "x509/crl_entry.h"
#include "x509/extension_writer.h"

namespace everseal::x509 {
namespace {

constexpr std::size_t kUsualOctets = 64;

Extension reason_code(CrlReason reason) {
  const std::uint8_t number = static_cast<std::uint8_t>(reason);
  asn1::DerWriter out(8);
  out.element(asn1::Tag::Enumerated, ByteView(&number, 1));
  return {oids::kReasonCode, /*critical=*/false, std::move(out).take()};
}

}  // namespace

void append_crl_entry(Bytes& run, ByteView serial, TimePoint revoked_at, CrlReason reason) {
  asn1::DerWriter out(kUsualOctets);
  out.sequence([&] {
    out.integer(serial);
    out.time(revoked_at);
    // RFC 5280, 5.3.1: "the reason code CRL entry extension SHOULD be absent instead of using the
    // unspecified (0) reasonCode value".
    if (reason == CrlReason::Unspecified) return;
    const Extension extension = reason_code(reason);
    write_extensions(out, std::span(&extension, 1));
  });
  run.insert(run.end(), out.written().begin(), out.written().end());
}

}  // namespace everseal::x509
