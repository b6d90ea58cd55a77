#include "x509/csr_builder.h"

#include "asn1/der_writer.h"
#include "x509/algorithm.h"
#include "x509/extension_writer.h"
#include "x509/oids.h"

namespace everseal::x509 {
namespace {

using asn1::context_constructed;
using asn1::DerWriter;

void write_extension_request(DerWriter& out, std::span<const Extension> extensions) {
  out.sequence([&] {
    out.oid(oids::kExtensionRequest);
    out.set([&] { write_extensions(out, extensions); });
  });
}

}  // namespace

Bytes build_csr_info(ByteView subject, ByteView public_key_info,
                     std::span<const Extension> extensions) {
  DerWriter out(512);
  out.sequence([&] {
    out.integer(0);
    out.raw(subject);
    out.raw(public_key_info);
    out.constructed(context_constructed(0), [&] {
      if (!extensions.empty()) write_extension_request(out, extensions);
    });
  });
  return std::move(out).take();
}

Bytes assemble_csr(ByteView info, crypto::SignatureAlgorithm algorithm, ByteView signature) {
  DerWriter out(info.size() + signature.size() + 64);
  out.sequence([&] {
    out.raw(info);
    write_algorithm(out, algorithm);
    out.bit_string(signature);
  });
  return std::move(out).take();
}

}  // namespace everseal::x509
