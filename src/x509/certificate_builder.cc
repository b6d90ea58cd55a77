#include "x509/certificate_builder.h"

#include "asn1/der_writer.h"
#include "x509/algorithm.h"
#include "x509/extension_writer.h"

namespace everseal::x509 {
namespace {

using asn1::context_constructed;
using asn1::DerWriter;

constexpr std::uint64_t kVersion3 = 2;

void write_validity(DerWriter& out, const Validity& validity) {
  out.sequence([&] {
    out.time(validity.not_before);
    out.time(validity.not_after);
  });
}

std::size_t expected_size(const CertificateFields& fields) {
  std::size_t size = 256 + fields.issuer.size() + fields.subject.size();
  size += fields.public_key_info.size();
  for (const auto& extension : fields.extensions) size += extension.value.size() + 32;
  return size;
}

}  // namespace

Bytes build_tbs(const CertificateFields& fields) {
  DerWriter out(expected_size(fields));
  out.sequence([&] {
    out.constructed(context_constructed(0), [&] { out.integer(kVersion3); });
    out.integer(fields.serial.octets());
    write_algorithm(out, fields.signature_algorithm);
    out.raw(fields.issuer);
    write_validity(out, fields.validity);
    out.raw(fields.subject);
    out.raw(fields.public_key_info);
    if (fields.extensions.empty()) return;
    out.constructed(context_constructed(3), [&] { write_extensions(out, fields.extensions); });
  });
  return std::move(out).take();
}

Bytes assemble_certificate(ByteView tbs, crypto::SignatureAlgorithm algorithm, ByteView signature) {
  DerWriter out(tbs.size() + signature.size() + 64);
  out.sequence([&] {
    out.raw(tbs);
    write_algorithm(out, algorithm);
    out.bit_string(signature);
  });
  return std::move(out).take();
}

}  // namespace everseal::x509
