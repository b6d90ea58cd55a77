#include "x509/ocsp_builder.h"

#include "asn1/der_writer.h"
#include "asn1/time.h"
#include "x509/algorithm.h"
#include "x509/ocsp_oids.h"

namespace everseal::x509 {
namespace {

using asn1::context;
using asn1::context_constructed;
using asn1::DerWriter;
using asn1::Tag;

void write_time(DerWriter& out, TimePoint time) {
  out.text(Tag::GeneralizedTime, asn1::encode_generalized_time(time));
}

// With NULL, as all clients write it: some compare octets.
void write_hash(DerWriter& out, OcspHash hash) {
  out.sequence([&] {
    out.oid(hash == OcspHash::Sha1 ? oids::kSha1 : oids::kSha256);
    out.null();
  });
}

void write_cert_id(DerWriter& out, const OcspCertId& id) {
  out.sequence([&] {
    write_hash(out, id.issuer.hash());
    out.octet_string(id.issuer.name_hash());
    out.octet_string(id.issuer.key_hash());
    out.integer(id.serial.octets());
  });
}

void write_revoked(DerWriter& out, const OcspRevoked& revoked) {
  out.constructed(context_constructed(1), [&] {
    write_time(out, revoked.at);
    if (!revoked.reason) return;
    out.constructed(context_constructed(0), [&] {
      out.integer(static_cast<std::uint64_t>(*revoked.reason), Tag::Enumerated);
    });
  });
}

void write_status(DerWriter& out, const OcspStatus& status) {
  if (const auto* revoked = std::get_if<OcspRevoked>(&status)) return write_revoked(out, *revoked);
  out.element(context(std::holds_alternative<OcspGood>(status) ? 0 : 2), {});
}

void write_single(DerWriter& out, const OcspSingle& single) {
  out.sequence([&] {
    write_cert_id(out, single.id);
    write_status(out, single.status);
    write_time(out, single.this_update);
    if (!single.next_update) return;
    out.constructed(context_constructed(0), [&] { write_time(out, *single.next_update); });
  });
}

// As the one extension of a list that has this tag.
void write_nonce(DerWriter& out, unsigned number, ByteView nonce) {
  out.constructed(context_constructed(number), [&] {
    out.sequence([&] {
      out.sequence([&] {
        out.oid(oids::kOcspNonce);
        out.octet_string([&] { out.octet_string(nonce); });
      });
    });
  });
}

void write_basic(DerWriter& out, ByteView data, crypto::SignatureAlgorithm algorithm,
                 ByteView signature, ByteView certificates) {
  out.sequence([&] {
    out.raw(data);
    write_algorithm(out, algorithm);
    out.bit_string(signature);
    if (certificates.empty()) return;
    out.constructed(context_constructed(0), [&] { out.sequence([&] { out.raw(certificates); }); });
  });
}

}  // namespace

Bytes build_ocsp_data(const OcspDataFields& fields) {
  DerWriter out(128 + 192 * fields.singles.size() + fields.nonce.size());
  out.sequence([&] {
    out.constructed(context_constructed(2), [&] { out.octet_string(fields.responder_key_id); });
    write_time(out, fields.produced_at);
    out.sequence([&] {
      for (const auto& single : fields.singles) write_single(out, single);
    });
    if (!fields.nonce.empty()) write_nonce(out, 1, fields.nonce);
  });
  return std::move(out).take();
}

Bytes assemble_ocsp_response(ByteView data, crypto::SignatureAlgorithm algorithm,
                             ByteView signature, ByteView certificates) {
  DerWriter out(data.size() + signature.size() + certificates.size() + 96);
  out.sequence([&] {
    out.integer(0, Tag::Enumerated);
    out.constructed(context_constructed(0), [&] {
      out.sequence([&] {
        out.oid(oids::kOcspBasic);
        out.octet_string([&] { write_basic(out, data, algorithm, signature, certificates); });
      });
    });
  });
  return std::move(out).take();
}

Bytes build_ocsp_request(std::span<const OcspCertId> asked, ByteView nonce) {
  DerWriter out(64 + 96 * asked.size() + nonce.size());
  out.sequence([&] {
    out.sequence([&] {
      out.sequence([&] {
        for (const auto& id : asked) out.sequence([&] { write_cert_id(out, id); });
      });
      if (!nonce.empty()) write_nonce(out, 2, nonce);
    });
  });
  return std::move(out).take();
}

Bytes ocsp_error_response(OcspError error) {
  DerWriter out(8);
  out.sequence([&] { out.integer(static_cast<std::uint64_t>(error), Tag::Enumerated); });
  return std::move(out).take();
}

}  // namespace everseal::x509
