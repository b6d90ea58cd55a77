#pragma once

#include "asn1/oid.h"

// The object identifiers of OCSP.
namespace everseal::x509::oids {

inline constexpr asn1::Oid kSha1{"1.3.14.3.2.26"};
inline constexpr asn1::Oid kSha256{"2.16.840.1.101.3.4.2.1"};

inline constexpr asn1::Oid kOcspBasic{"1.3.6.1.5.5.7.48.1.1"};    // RFC 6960, 4.2.1
inline constexpr asn1::Oid kOcspNonce{"1.3.6.1.5.5.7.48.1.2"};    // RFC 9654
inline constexpr asn1::Oid kOcspNoCheck{"1.3.6.1.5.5.7.48.1.5"};  // RFC 6960, 4.2.2.2.1

}  // namespace everseal::x509::oids
