#include "services/acmpca/model/subject.h"

#include <array>

#include "asn1/der_writer.h"
#include "services/acmpca/model/errors.h"
#include "x509/oids.h"

namespace everseal::acmpca {
namespace {

namespace oids = x509::oids;

struct StandardAttribute {
  const asn1::Oid& type;
  std::optional<std::string> Asn1Subject::* value;
};

constexpr auto standard_attributes = std::to_array<StandardAttribute>({
    {oids::kCountry, &Asn1Subject::country},
    {oids::kOrganization, &Asn1Subject::organization},
    {oids::kOrganizationalUnit, &Asn1Subject::organizational_unit},
    {oids::kDistinguishedNameQualifier, &Asn1Subject::distinguished_name_qualifier},
    {oids::kState, &Asn1Subject::state},
    {oids::kCommonName, &Asn1Subject::common_name},
    {oids::kSerialNumber, &Asn1Subject::serial_number},
    {oids::kLocality, &Asn1Subject::locality},
    {oids::kTitle, &Asn1Subject::title},
    {oids::kSurname, &Asn1Subject::surname},
    {oids::kGivenName, &Asn1Subject::given_name},
    {oids::kInitials, &Asn1Subject::initials},
    {oids::kPseudonym, &Asn1Subject::pseudonym},
    {oids::kGenerationQualifier, &Asn1Subject::generation_qualifier},
});

ApiError not_encodable(const Fault& fault) {
  return invalid_args("The name cannot be encoded: " + fault.cause + ".");
}

// How many forms a general name has: one, in a good one.
std::size_t forms_of(const GeneralName& name) {
  return std::size_t{name.other_name.has_value()} + name.rfc822_name.has_value() +
         name.dns_name.has_value() + name.directory_name.has_value() +
         name.edi_party_name.has_value() + name.uniform_resource_identifier.has_value() +
         name.ip_address.has_value() + name.registered_id.has_value();
}

Result<x509::GeneralName, ApiError> to_other_name(const OtherName& name) {
  const auto type = to_oid(name.type_id);
  if (!type) return type.error();
  asn1::DerWriter value;
  value.text(asn1::Tag::Utf8String, name.value);
  return x509::GeneralName(x509::OtherName{*type, std::move(value).take()});
}

Result<x509::GeneralName, ApiError> to_directory_name(const Asn1Subject& subject) {
  auto name = to_name(subject);
  if (!name) return std::move(name).error();
  return x509::GeneralName(x509::DirectoryName{*std::move(name)});
}

Result<x509::GeneralName, ApiError> to_ip_address(std::string_view text) {
  auto address = x509::IpAddress::parse(text);
  if (!address) return invalid_args("IpAddress is not an IPv4 or IPv6 address.");
  return x509::GeneralName(*std::move(address));
}

Result<x509::GeneralName, ApiError> to_registered_id(std::string_view text) {
  const auto oid = to_oid(text);
  if (!oid) return oid.error();
  return x509::GeneralName(x509::RegisteredId{*oid});
}

Result<x509::GeneralName, ApiError> ascii_only(std::string_view text, x509::GeneralName name) {
  if (auto refused = check_ia5(text); !refused) return refused.error();
  return name;
}

}  // namespace

Result<void, ApiError> check_ia5(std::string_view text) {
  for (const char letter : text) {
    if (static_cast<unsigned char>(letter) >= 0x80)
      return invalid_args("An e-mail address, DNS name or URI can hold ASCII characters only.");
  }
  if (text.empty()) return invalid_args("An e-mail address, DNS name or URI must not be empty.");
  return {};
}

Result<asn1::Oid, ApiError> to_oid(std::string_view text) {
  auto oid = asn1::Oid::parse(text);
  if (!oid) return invalid_args("Not an object identifier: " + std::string(text));
  return *std::move(oid);
}

Result<x509::Name, ApiError> to_name(const Asn1Subject& subject) {
  x509::NameBuilder builder;
  bool has_standard = false;
  for (const auto& [type, value] : standard_attributes) {
    if (!(subject.*value) || (subject.*value)->empty()) continue;
    builder.add(type, *(subject.*value));
    has_standard = true;
  }
  if (has_standard && !subject.custom_attributes.empty())
    return invalid_args("CustomAttributes cannot be combined with the standard attributes.");
  for (const auto& attribute : subject.custom_attributes) {
    const auto type = to_oid(attribute.object_identifier);
    if (!type) return type.error();
    builder.add(*type, attribute.value);
  }
  auto name = builder.build();
  if (!name) return not_encodable(name.error());
  return *std::move(name);
}

Result<x509::GeneralName, ApiError> to_general_name(const GeneralName& name) {
  if (forms_of(name) != 1) return invalid_args("A GeneralName must have exactly one member.");
  if (name.other_name) return to_other_name(*name.other_name);
  if (name.rfc822_name) return ascii_only(*name.rfc822_name, x509::Rfc822Name{*name.rfc822_name});
  if (name.dns_name) return ascii_only(*name.dns_name, x509::DnsName{*name.dns_name});
  if (name.directory_name) return to_directory_name(*name.directory_name);
  if (name.edi_party_name)
    return x509::GeneralName(
        x509::EdiPartyName{name.edi_party_name->name_assigner, name.edi_party_name->party_name});
  if (name.uniform_resource_identifier)
    return ascii_only(*name.uniform_resource_identifier,
                      x509::UniformResourceIdentifier{*name.uniform_resource_identifier});
  if (name.ip_address) return to_ip_address(*name.ip_address);
  return to_registered_id(*name.registered_id);
}

}  // namespace everseal::acmpca
