#pragma once

#include <span>

#include "asn1/der_writer.h"
#include "x509/crl_extensions.h"
#include "x509/extension.h"
#include "x509/extension_types.h"

// Extensions from what they mean. What RFC 5280 forbids can be written (a path length without ca,
// an empty list): the parser, which shares no code with this, refuses it before anything is signed.
namespace everseal::x509 {

enum class Criticality { NotCritical, Critical };

Extension to_extension(const BasicConstraints& value, Criticality criticality);
Extension to_extension(const KeyUsage& value, Criticality criticality);
Extension to_extension(const ExtendedKeyUsage& value, Criticality criticality);
Extension to_extension(const SubjectAlternativeName& value, Criticality criticality);
Extension to_extension(const SubjectKeyIdentifier& value);    // never critical (4.2.1.2)
Extension to_extension(const AuthorityKeyIdentifier& value);  // never critical (4.2.1.1)
Extension to_extension(const CrlDistributionPoints& value,
                       Criticality criticality = Criticality::NotCritical);
Extension to_extension(const AuthorityInfoAccess& value);  // never critical (4.2.2.1)
Extension to_extension(const SubjectInfoAccess& value);    // never critical (4.2.2.2)
Extension to_extension(const CertificatePolicies& value,
                       Criticality criticality = Criticality::NotCritical);
Extension to_extension(const NameConstraints& value);  // always critical (4.2.1.10)

Extension to_extension(const CrlNumber& value);                 // never critical (5.2.3)
Extension to_extension(const DeltaCrlIndicator& value);         // always critical (5.2.4)
Extension to_extension(const IssuingDistributionPoint& value);  // always critical (5.2.5)

// Extensions ::= SEQUENCE OF Extension.
void write_extensions(asn1::DerWriter& out, std::span<const Extension> extensions);

}  // namespace everseal::x509
