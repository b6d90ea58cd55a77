#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "asn1/oid.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/general_name.h"
#include "x509/oids.h"

// What the values of the extensions of CRLs mean, as x509/extension_types.h says it of those of
// certificates.
namespace everseal::x509 {

// A number that only grows, of at most 20 octets; zero is one. RFC 5280, 5.2.3.
struct CrlNumber {
  static constexpr asn1::Oid kOid = oids::kCrlNumber;
  Bytes magnitude;  // big-endian, without leading zeros: empty for zero

  static CrlNumber of(std::uint64_t number);
  std::optional<std::uint64_t> small() const;  // nothing if it needs more than 64 bits

  static Result<CrlNumber> parse(ByteView value);
  friend bool operator==(const CrlNumber&, const CrlNumber&) = default;
  friend std::strong_ordering operator<=>(const CrlNumber& left, const CrlNumber& right);
};

// The number of the complete CRL that a delta CRL starts from. RFC 5280, 5.2.4.
struct DeltaCrlIndicator {
  static constexpr asn1::Oid kOid = oids::kDeltaCrlIndicator;
  CrlNumber base;

  static Result<DeltaCrlIndicator> parse(ByteView value);
  friend bool operator==(const DeltaCrlIndicator&, const DeltaCrlIndicator&) = default;
};

// Which of the issuer's certificates a CRL speaks of, and where it is found. RFC 5280, 5.2.5:
// never empty, and of the three kinds of certificates at most one only.
struct IssuingDistributionPoint {
  static constexpr asn1::Oid kOid = oids::kIssuingDistributionPoint;
  std::vector<GeneralName> full_name = {};
  Bytes relative_name = {};  // nameRelativeToCRLIssuer: the content of its [1], kept
  bool only_user_certificates = false;
  bool only_ca_certificates = false;
  std::optional<std::uint16_t> only_reasons = {};  // bit n is ReasonFlags (n)
  bool is_indirect = false;                        // entries name other issuers
  bool only_attribute_certificates = false;

  // One URI: what a CA of ours writes.
  static IssuingDistributionPoint at(std::string uri);
  std::vector<std::string> uris() const;  // all of them, in order
  static Result<IssuingDistributionPoint> parse(ByteView value);
  friend bool operator==(const IssuingDistributionPoint&,
                         const IssuingDistributionPoint&) = default;
};

}  // namespace everseal::x509
