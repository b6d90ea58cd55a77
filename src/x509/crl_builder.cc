#include "x509/crl_builder.h"

#include <vector>

#include "asn1/der_writer.h"
#include "x509/algorithm.h"
#include "x509/extension_writer.h"
#include "x509/oids.h"

namespace everseal::x509 {
namespace {

using asn1::DerWriter;
using asn1::Tag;

constexpr std::uint64_t kVersion2 = 1;

Bytes octets_of(DerWriter out) { return std::move(out).take(); }

// RFC 5280, 5.2.6: never critical, and written as CRL distribution points are.
Extension freshest_crl(std::string_view uri) {
  auto extension = to_extension(CrlDistributionPoints::at(std::string(uri)));
  extension.type = oids::kFreshestCrl;
  return extension;
}

std::vector<Extension> extensions_of(const CrlFields& fields) {
  std::vector<Extension> extensions = {
      to_extension(AuthorityKeyIdentifier{.key_id = to_bytes(fields.authority_key_id)}),
      to_extension(CrlNumber::of(fields.number))};
  if (fields.base_number) {
    extensions.push_back(to_extension(DeltaCrlIndicator{CrlNumber::of(*fields.base_number)}));
  }
  if (fields.distribution_point) {
    extensions.push_back(
        to_extension(IssuingDistributionPoint::at(std::string(*fields.distribution_point))));
  }
  if (fields.freshest) extensions.push_back(freshest_crl(*fields.freshest));
  return extensions;
}

// From the version to nextUpdate, and the beginning of the list of entries.
Bytes before_entries(const CrlFields& fields, std::size_t entries_octets) {
  DerWriter out(fields.issuer.size() + 128);
  out.integer(kVersion2);
  write_algorithm(out, fields.signature_algorithm);
  out.raw(fields.issuer);
  out.time(fields.this_update);
  out.time(fields.next_update);
  if (entries_octets > 0) out.header(Tag::Sequence, entries_octets);
  return octets_of(std::move(out));
}

Bytes behind_entries(const CrlFields& fields) {
  DerWriter out;
  out.constructed(asn1::context_constructed(0),
                  [&] { write_extensions(out, extensions_of(fields)); });
  return octets_of(std::move(out));
}

// A SEQUENCE of what is known and of octets that stand elsewhere: its beginning.
Bytes opened(std::size_t content_octets, ByteView first) {
  DerWriter out(first.size() + 8);
  out.header(Tag::Sequence, content_octets);
  out.raw(first);
  return octets_of(std::move(out));
}

}  // namespace

CrlParts build_crl_tbs(const CrlFields& fields, std::size_t entries_octets) {
  const Bytes before = before_entries(fields, entries_octets);
  Bytes tail = behind_entries(fields);
  const std::size_t content_octets = before.size() + entries_octets + tail.size();
  return {opened(content_octets, before), std::move(tail)};
}

CrlParts assemble_crl(std::size_t tbs_octets, crypto::SignatureAlgorithm algorithm,
                      ByteView signature) {
  DerWriter out(signature.size() + 32);
  write_algorithm(out, algorithm);
  out.bit_string(signature);
  Bytes tail = octets_of(std::move(out));
  return {opened(tbs_octets + tail.size(), {}), std::move(tail)};
}

}  // namespace everseal::x509
