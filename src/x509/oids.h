#pragma once

#include "asn1/oid.h"

// The object identifiers that X.509 is written in.
namespace everseal::x509::oids {

using asn1::Oid;

// Attributes of names: RFC 5280, A.1, and RFC 4519.
inline constexpr Oid kCommonName{"2.5.4.3"};
inline constexpr Oid kSurname{"2.5.4.4"};
inline constexpr Oid kSerialNumber{"2.5.4.5"};
inline constexpr Oid kCountry{"2.5.4.6"};
inline constexpr Oid kLocality{"2.5.4.7"};
inline constexpr Oid kState{"2.5.4.8"};
inline constexpr Oid kStreet{"2.5.4.9"};
inline constexpr Oid kOrganization{"2.5.4.10"};
inline constexpr Oid kOrganizationalUnit{"2.5.4.11"};
inline constexpr Oid kTitle{"2.5.4.12"};
inline constexpr Oid kGivenName{"2.5.4.42"};
inline constexpr Oid kInitials{"2.5.4.43"};
inline constexpr Oid kGenerationQualifier{"2.5.4.44"};
inline constexpr Oid kDistinguishedNameQualifier{"2.5.4.46"};
inline constexpr Oid kPseudonym{"2.5.4.65"};
inline constexpr Oid kUserId{"0.9.2342.19200300.100.1.1"};
inline constexpr Oid kDomainComponent{"0.9.2342.19200300.100.1.25"};
inline constexpr Oid kEmailAddress{"1.2.840.113549.1.9.1"};

// Extensions: RFC 5280, 4.2 and 5.2.
inline constexpr Oid kSubjectDirectoryAttributes{"2.5.29.9"};
inline constexpr Oid kSubjectKeyIdentifier{"2.5.29.14"};
inline constexpr Oid kKeyUsage{"2.5.29.15"};
inline constexpr Oid kSubjectAlternativeName{"2.5.29.17"};
inline constexpr Oid kIssuerAlternativeName{"2.5.29.18"};
inline constexpr Oid kBasicConstraints{"2.5.29.19"};
inline constexpr Oid kCrlNumber{"2.5.29.20"};
inline constexpr Oid kReasonCode{"2.5.29.21"};  // of an entry
inline constexpr Oid kDeltaCrlIndicator{"2.5.29.27"};
inline constexpr Oid kIssuingDistributionPoint{"2.5.29.28"};
inline constexpr Oid kNameConstraints{"2.5.29.30"};
inline constexpr Oid kCrlDistributionPoints{"2.5.29.31"};
inline constexpr Oid kCertificatePolicies{"2.5.29.32"};
inline constexpr Oid kPolicyMappings{"2.5.29.33"};
inline constexpr Oid kAuthorityKeyIdentifier{"2.5.29.35"};
inline constexpr Oid kPolicyConstraints{"2.5.29.36"};
inline constexpr Oid kExtendedKeyUsage{"2.5.29.37"};
inline constexpr Oid kFreshestCrl{"2.5.29.46"};
inline constexpr Oid kInhibitAnyPolicy{"2.5.29.54"};
inline constexpr Oid kAuthorityInfoAccess{"1.3.6.1.5.5.7.1.1"};
inline constexpr Oid kSubjectInfoAccess{"1.3.6.1.5.5.7.1.11"};

// Purposes of extended key usage: RFC 5280, 4.2.1.12, and others that AWS names.
inline constexpr Oid kAnyExtendedKeyUsage{"2.5.29.37.0"};
inline constexpr Oid kServerAuth{"1.3.6.1.5.5.7.3.1"};
inline constexpr Oid kClientAuth{"1.3.6.1.5.5.7.3.2"};
inline constexpr Oid kCodeSigning{"1.3.6.1.5.5.7.3.3"};
inline constexpr Oid kEmailProtection{"1.3.6.1.5.5.7.3.4"};
inline constexpr Oid kIpsecEndSystem{"1.3.6.1.5.5.7.3.5"};
inline constexpr Oid kIpsecTunnel{"1.3.6.1.5.5.7.3.6"};
inline constexpr Oid kIpsecUser{"1.3.6.1.5.5.7.3.7"};
inline constexpr Oid kTimeStamping{"1.3.6.1.5.5.7.3.8"};
inline constexpr Oid kOcspSigning{"1.3.6.1.5.5.7.3.9"};
inline constexpr Oid kSmartCardLogin{"1.3.6.1.4.1.311.20.2.2"};
inline constexpr Oid kDocumentSigning{"1.3.6.1.4.1.311.10.3.12"};
inline constexpr Oid kCertificateTransparency{"1.3.6.1.4.1.11129.2.4.4"};

// Access methods: RFC 5280, 4.2.2, and RFC 6487, 4.8.8.
inline constexpr Oid kAccessOcsp{"1.3.6.1.5.5.7.48.1"};
inline constexpr Oid kAccessCaIssuers{"1.3.6.1.5.5.7.48.2"};
inline constexpr Oid kAccessCaRepository{"1.3.6.1.5.5.7.48.5"};
inline constexpr Oid kAccessRpkiManifest{"1.3.6.1.5.5.7.48.10"};
inline constexpr Oid kAccessRpkiNotify{"1.3.6.1.5.5.7.48.13"};

// Policies: RFC 5280, 4.2.1.4.
inline constexpr Oid kAnyPolicy{"2.5.29.32.0"};
inline constexpr Oid kPolicyQualifierCps{"1.3.6.1.5.5.7.2.1"};
inline constexpr Oid kPolicyQualifierUserNotice{"1.3.6.1.5.5.7.2.2"};

// Attributes of certification requests: RFC 2985.
inline constexpr Oid kExtensionRequest{"1.2.840.113549.1.9.14"};
inline constexpr Oid kChallengePassword{"1.2.840.113549.1.9.7"};

}  // namespace everseal::x509::oids
