#include "x509/crl.h"

#include <algorithm>
#include <array>

namespace everseal::x509 {
namespace {

using asn1::context_constructed;
using asn1::DerReader;
using asn1::Tag;

// RFC 5280, 5.1.2.1: "If present, this field MUST be v2".
int read_version(DerReader& in) {
  if (!in.next_is(Tag::Integer)) return 1;
  if (in.small_integer() != 1) in.fail("a version other than v2");
  return 2;
}

bool next_is_time(const DerReader& in) {
  return in.next_is(Tag::UtcTime) || in.next_is(Tag::GeneralizedTime);
}

// All that stands before the entries.
void read_facts(DerReader& in, TbsCrl& tbs) {
  tbs.version = read_version(in);
  tbs.signature_algorithm = read_algorithm(in);
  tbs.issuer = Name::read(in);
  tbs.this_update = in.time();
  if (next_is_time(in)) tbs.next_update = in.time();
  if (tbs.next_update && *tbs.next_update < tbs.this_update)
    in.fail("nextUpdate before thisUpdate");
}

template <class Type>
void read_known(DerReader& in, const Extensions& extensions, std::optional<Type>& known) {
  auto found = extensions.get<Type>();
  if (!found) return in.fail(found.error().cause);
  known = *std::move(found);
}

// RFC 5280, 5.2: "If a CRL contains a critical extension that the application cannot process, then
// the application MUST NOT use that CRL".
void refuse_unknown(DerReader& in, const Extensions& extensions) {
  constexpr std::array kKnown = {oids::kAuthorityKeyIdentifier, oids::kCrlNumber,
                                 oids::kDeltaCrlIndicator, oids::kIssuingDistributionPoint};
  for (const Extension& extension : extensions) {
    const bool known = std::find(kKnown.begin(), kKnown.end(), extension.type) != kKnown.end();
    if (extension.critical && !known) {
      in.fail("the critical extension " + extension.type.text() + " is not known");
    }
  }
}

// All that stands behind the entries.
void read_extensions(DerReader& in, TbsCrl& tbs) {
  if (in.at_end()) return;
  if (tbs.version == 1) return in.fail("extensions need v2");
  in.constructed(context_constructed(0),
                 [&](DerReader& body) { tbs.extensions = Extensions::read(body); });
  refuse_unknown(in, tbs.extensions);
  read_known(in, tbs.extensions, tbs.authority_key);
  read_known(in, tbs.extensions, tbs.number);
  read_known(in, tbs.extensions, tbs.delta);
  read_known(in, tbs.extensions, tbs.distribution_point);
  if (tbs.distribution_point && tbs.distribution_point->is_indirect) {
    in.fail("a CRL of several issuers");
  }
}

CrlEntries read_entries(DerReader& in, const TbsCrl& tbs) {
  if (!in.next_is(Tag::Sequence)) return {};
  auto entries = CrlEntries::parse(in.element(Tag::Sequence));
  if (in.failed()) return {};
  if (!entries) return in.fail(entries.error().cause), CrlEntries();
  // RFC 5280, 5.1.2.6: "When there are no revoked certificates, the revoked certificates list MUST
  // be absent".
  if (entries->empty()) in.fail("an empty list of entries");
  if (tbs.version == 1 && entries->has_extensions()) in.fail("extensions of entries need v2");
  return *entries;
}

// The list of entries is opened, or left out, and nothing stands behind that.
void read_list_header(DerReader& in, std::size_t entries_octets) {
  if (entries_octets == 0) return;
  if (in.header(Tag::Sequence) != entries_octets)
    in.fail("another length than that of the entries");
}

}  // namespace

Result<TbsCrl> TbsCrl::parse_around(ByteView head, std::size_t entries_octets, ByteView tail) {
  TbsCrl tbs;
  DerReader before(head);
  std::size_t content_octets = 0;
  const ByteView header =
      before.octets_read_by([&](DerReader& in) { content_octets = in.header(Tag::Sequence); });
  if (content_octets != head.size() - header.size() + entries_octets + tail.size()) {
    before.fail("another length than that of the parts");
  }
  read_facts(before, tbs);
  read_list_header(before, entries_octets);
  if (const auto done = before.finish("TBSCertList"); !done) return done.error();
  DerReader behind(tail);
  read_extensions(behind, tbs);
  if (const auto done = behind.finish("TBSCertList"); !done) return done.error();
  return tbs;
}

Result<Crl> Crl::parse(ByteView der) {
  Crl crl;
  crl.der_ = der;
  DerReader in(der);
  in.sequence([&](DerReader& body) { crl.read(body); });
  if (const auto done = in.finish("CRL"); !done) return done.error();
  return crl;
}

void Crl::read(DerReader& in) {
  tbs_der_ = in.octets_read_by([&](DerReader& outer) {
    outer.sequence([&](DerReader& body) {
      read_facts(body, tbs_);
      entries_ = read_entries(body, tbs_);
      read_extensions(body, tbs_);
    });
  });
  const Algorithm algorithm = read_algorithm(in);
  signature_ = in.bit_string_octets();
  // RFC 5280, 5.1.1.2: "MUST contain the same algorithm identifier as the signature field".
  if (algorithm != tbs_.signature_algorithm) in.fail("two different signature algorithms");
}

Outcome verify_crl(const Crl& crl, ByteView public_key_info) {
  return verify_signature(crl.signature_algorithm(), public_key_info, crl.tbs_der(),
                          crl.signature());
}

}  // namespace everseal::x509
