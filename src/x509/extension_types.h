#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "asn1/oid.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/extension.h"
#include "x509/general_name.h"
#include "x509/oids.h"
#include "x509/serial_number.h"

// What the values of the standard extensions mean. Each type has
//   kOid      its object identifier,
//   parse     from the value of an Extension; Malformed where the ASN.1 or RFC 5280 is broken,
// and to_extension() in x509/extension_writer.h for the other way.
namespace everseal::x509 {

// RFC 5280, 4.2.1.9.
struct BasicConstraints {
  static constexpr asn1::Oid kOid = oids::kBasicConstraints;
  bool ca = false;
  std::optional<std::uint32_t> path_length = {};  // how many CAs may follow; only with ca

  static Result<BasicConstraints> parse(ByteView value);
  friend bool operator==(const BasicConstraints&, const BasicConstraints&) = default;
};

// RFC 5280, 4.2.1.3. The numbers are the bits of the ASN.1.
enum class KeyUsageBit : std::uint8_t {
  DigitalSignature = 0,
  NonRepudiation = 1,  // contentCommitment
  KeyEncipherment = 2,
  DataEncipherment = 3,
  KeyAgreement = 4,
  KeyCertSign = 5,
  CrlSign = 6,
  EncipherOnly = 7,
  DecipherOnly = 8,
};

struct KeyUsage {
  static constexpr asn1::Oid kOid = oids::kKeyUsage;
  std::uint16_t bits = 0;  // bit n is KeyUsageBit n

  static constexpr KeyUsage of(std::initializer_list<KeyUsageBit> uses) {
    KeyUsage usage;
    for (const auto use : uses) usage.set(use);
    return usage;
  }
  constexpr void set(KeyUsageBit use) {
    bits = static_cast<std::uint16_t>(bits | 1U << static_cast<unsigned>(use));
  }
  constexpr bool has(KeyUsageBit use) const {
    return (bits >> static_cast<unsigned>(use) & 1) != 0;
  }

  // Malformed also: no bit, or one that RFC 5280 does not define.
  static Result<KeyUsage> parse(ByteView value);
  friend bool operator==(const KeyUsage&, const KeyUsage&) = default;
};

// RFC 5280, 4.2.1.12: at least one purpose.
struct ExtendedKeyUsage {
  static constexpr asn1::Oid kOid = oids::kExtendedKeyUsage;
  std::vector<asn1::Oid> purposes;

  bool has(const asn1::Oid& purpose) const;
  static Result<ExtendedKeyUsage> parse(ByteView value);
  friend bool operator==(const ExtendedKeyUsage&, const ExtendedKeyUsage&) = default;
};

// RFC 5280, 4.2.1.6: at least one name.
struct SubjectAlternativeName {
  static constexpr asn1::Oid kOid = oids::kSubjectAlternativeName;
  std::vector<GeneralName> names;

  std::vector<std::string> dns_names() const;
  static Result<SubjectAlternativeName> parse(ByteView value);
  friend bool operator==(const SubjectAlternativeName&, const SubjectAlternativeName&) = default;
};

// RFC 5280, 4.2.1.2.
struct SubjectKeyIdentifier {
  static constexpr asn1::Oid kOid = oids::kSubjectKeyIdentifier;
  Bytes key_id;

  static Result<SubjectKeyIdentifier> parse(ByteView value);
  friend bool operator==(const SubjectKeyIdentifier&, const SubjectKeyIdentifier&) = default;
};

// RFC 5280, 4.2.1.1. Issuer and serial come together or not at all.
struct AuthorityKeyIdentifier {
  static constexpr asn1::Oid kOid = oids::kAuthorityKeyIdentifier;
  std::optional<Bytes> key_id = {};
  std::vector<GeneralName> issuer = {};
  std::optional<SerialNumber> serial = {};

  static Result<AuthorityKeyIdentifier> parse(ByteView value);
  friend bool operator==(const AuthorityKeyIdentifier&, const AuthorityKeyIdentifier&) = default;
};

// RFC 5280, 4.2.1.13. A point has a name or a CRL issuer.
struct DistributionPoint {
  std::vector<GeneralName> full_name = {};
  Bytes relative_name = {};  // nameRelativeToCRLIssuer: the content of its [1], kept
  std::optional<std::uint16_t> reasons = {};  // bit n is ReasonFlags (n)
  std::vector<GeneralName> crl_issuer = {};

  friend bool operator==(const DistributionPoint&, const DistributionPoint&) = default;
};
struct CrlDistributionPoints {
  static constexpr asn1::Oid kOid = oids::kCrlDistributionPoints;
  std::vector<DistributionPoint> points;

  // One point with one URI: what a CA of ours writes.
  static CrlDistributionPoints at(std::string uri);
  std::vector<std::string> uris() const;  // all of them, in order
  static Result<CrlDistributionPoints> parse(ByteView value);
  friend bool operator==(const CrlDistributionPoints&, const CrlDistributionPoints&) = default;
};

// RFC 5280, 4.2.2.1 and 4.2.2.2: at least one.
struct AccessDescription {
  asn1::Oid method;
  GeneralName location;
  friend bool operator==(const AccessDescription&, const AccessDescription&) = default;
};
struct AuthorityInfoAccess {
  static constexpr asn1::Oid kOid = oids::kAuthorityInfoAccess;
  std::vector<AccessDescription> descriptions;

  std::vector<std::string> uris(const asn1::Oid& method) const;
  static Result<AuthorityInfoAccess> parse(ByteView value);
  friend bool operator==(const AuthorityInfoAccess&, const AuthorityInfoAccess&) = default;
};
struct SubjectInfoAccess {
  static constexpr asn1::Oid kOid = oids::kSubjectInfoAccess;
  std::vector<AccessDescription> descriptions;

  static Result<SubjectInfoAccess> parse(ByteView value);
  friend bool operator==(const SubjectInfoAccess&, const SubjectInfoAccess&) = default;
};

// RFC 5280, 4.2.1.4: at least one, none twice.
struct PolicyQualifier {
  asn1::Oid type;
  Bytes value;  // DER of one value

  static PolicyQualifier cps(std::string_view uri);
  std::optional<std::string> cps_uri() const;  // nothing if it is another qualifier
  friend bool operator==(const PolicyQualifier&, const PolicyQualifier&) = default;
};
struct PolicyInformation {
  asn1::Oid policy;
  std::vector<PolicyQualifier> qualifiers = {};
  friend bool operator==(const PolicyInformation&, const PolicyInformation&) = default;
};
struct CertificatePolicies {
  static constexpr asn1::Oid kOid = oids::kCertificatePolicies;
  std::vector<PolicyInformation> policies;

  static Result<CertificatePolicies> parse(ByteView value);
  friend bool operator==(const CertificatePolicies&, const CertificatePolicies&) = default;
};

// RFC 5280, 4.2.1.10: subtrees of names; minimum is 0 and maximum absent, as it demands. Judged in
// x509/name_constraints.h.
struct NameConstraints {
  static constexpr asn1::Oid kOid = oids::kNameConstraints;
  std::vector<GeneralName> permitted = {};
  std::vector<GeneralName> excluded = {};

  static Result<NameConstraints> parse(ByteView value);
  friend bool operator==(const NameConstraints&, const NameConstraints&) = default;
};

}  // namespace everseal::x509
