#pragma once

#include <optional>
#include <string_view>

#include "asn1/der_reader.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/algorithm.h"
#include "x509/crl_entry.h"
#include "x509/crl_extensions.h"
#include "x509/extension.h"
#include "x509/extension_types.h"
#include "x509/name.h"

namespace everseal::x509 {

// What an issuer signs (RFC 5280, 5.1.2), but for the entries.
struct TbsCrl {
  int version = 1;  // 1 or 2
  Algorithm signature_algorithm = {};
  Name issuer = {};
  TimePoint this_update = {};
  std::optional<TimePoint> next_update = {};  // RFC 5280 demands it, older CRLs lack it
  Extensions extensions = {};
  // Those of them that say how to use the CRL.
  std::optional<AuthorityKeyIdentifier> authority_key = {};
  std::optional<CrlNumber> number = {};
  std::optional<DeltaCrlIndicator> delta = {};  // there: it is a delta CRL
  std::optional<IssuingDistributionPoint> distribution_point = {};

  // The octets before and behind the entries, which have so many. Malformed: as Crl::parse, or
  // lengths that are not those of the whole.
  static Result<TbsCrl> parse_around(ByteView head, std::size_t entries_octets, ByteView tail);
};

// A signed CRL (RFC 5280, 5.1): a view, so that the octets that it was read from must outlive it.
// Parsing goes once through all entries and checks their form, not the signature: verify_crl().
class Crl {
 public:
  // Malformed: anything but strict DER of a v1 or v2 CRL, octets behind it, an empty list of
  // entries, extensions in v1, an extension twice, nextUpdate before thisUpdate, two different
  // signature algorithms, entries as CrlEntries::parse has them. Also what must not be used by who
  // does not know it: other critical extensions than those of TbsCrl, and indirect CRLs.
  static Result<Crl> parse(ByteView der);

  ByteView der() const { return der_; }
  ByteView tbs_der() const { return tbs_der_; }
  const TbsCrl& tbs() const { return tbs_; }
  const CrlEntries& entries() const { return entries_; }
  const Algorithm& signature_algorithm() const { return tbs_.signature_algorithm; }
  ByteView signature() const { return signature_; }

  // The parts of tbs() that most readers want.
  const Name& issuer() const { return tbs_.issuer; }
  TimePoint this_update() const { return tbs_.this_update; }
  std::optional<TimePoint> next_update() const { return tbs_.next_update; }
  const std::optional<CrlNumber>& number() const { return tbs_.number; }
  bool is_delta() const { return tbs_.delta.has_value(); }

  // Looks at one entry after the other.
  std::optional<CrlEntry> find(const SerialNumber& serial) const { return entries_.find(serial); }

 private:
  Crl() = default;
  void read(asn1::DerReader& in);

  ByteView der_;
  ByteView tbs_der_;
  TbsCrl tbs_;
  CrlEntries entries_;
  ByteView signature_;
};

// Whether this key signed it. Malformed: the key or the algorithm is not one that crypto/ knows, or
// the signature is wrong.
Outcome verify_crl(const Crl& crl, ByteView public_key_info);

}  // namespace everseal::x509
