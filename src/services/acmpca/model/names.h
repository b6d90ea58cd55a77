#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "services/acmpca/model/enums.h"

// Names as the API writes them: subjects, general names, tags.
namespace everseal::acmpca {

inline constexpr auto arn_length = aws::length(5, 200);
inline constexpr auto arn_pattern =
    aws::pattern("arn:[\\w+=/,.@-]+:acm-pca:[\\w+=/,.@-]*:[0-9]*:[\\w+=,.@-]+(/[\\w+=,.@-]+)*");
inline constexpr auto token_length = aws::length(1, 36);
inline constexpr auto token_pattern =
    aws::pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]*", "[\\x{9}\\x{A}\\x{D}\\x{20}-\\x{FF}]*");
inline constexpr auto oid_length = aws::length(0, 64);
inline constexpr auto oid_pattern =
    aws::pattern("([0-2])\\.([0-9]|([0-3][0-9]))((\\.([0-9]+)){0,126})");
inline constexpr auto printable_pattern = aws::pattern("[a-zA-Z0-9'()+-.?:/= ]*");

struct Tag {
  std::string key;
  std::optional<std::string> value{};
  static constexpr auto tag_pattern = aws::pattern("([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)");
  static constexpr auto fields =
      std::tuple{aws::required("Key", &Tag::key, aws::length(1, 128), tag_pattern),
                 aws::optional("Value", &Tag::value, aws::length(0, 256), tag_pattern)};
};

struct CustomAttribute {
  std::string object_identifier;
  std::string value;
  static constexpr auto fields =
      std::tuple{aws::required("ObjectIdentifier", &CustomAttribute::object_identifier, oid_length,
                               oid_pattern),
                 aws::required("Value", &CustomAttribute::value, aws::length(1, 256))};
};

// Either the standard attributes or custom ones, never both.
struct Asn1Subject {
  std::optional<std::string> country{}, organization{}, organizational_unit{},
      distinguished_name_qualifier{}, state{}, common_name{}, serial_number{}, locality{}, title{},
      surname{}, given_name{}, initials{}, pseudonym{}, generation_qualifier{};
  std::vector<CustomAttribute> custom_attributes{};

  static constexpr auto fields = std::tuple{
      aws::optional("Country", &Asn1Subject::country, aws::length(2, 2),
                    aws::pattern("[A-Za-z]{2}")),
      aws::optional("Organization", &Asn1Subject::organization, aws::length(0, 64)),
      aws::optional("OrganizationalUnit", &Asn1Subject::organizational_unit, aws::length(0, 64)),
      aws::optional("DistinguishedNameQualifier", &Asn1Subject::distinguished_name_qualifier,
                    aws::length(0, 64), printable_pattern),
      aws::optional("State", &Asn1Subject::state, aws::length(0, 128)),
      aws::optional("CommonName", &Asn1Subject::common_name, aws::length(0, 64)),
      aws::optional("SerialNumber", &Asn1Subject::serial_number, aws::length(0, 64),
                    printable_pattern),
      aws::optional("Locality", &Asn1Subject::locality, aws::length(0, 128)),
      aws::optional("Title", &Asn1Subject::title, aws::length(0, 64)),
      aws::optional("Surname", &Asn1Subject::surname, aws::length(0, 40)),
      aws::optional("GivenName", &Asn1Subject::given_name, aws::length(0, 16)),
      aws::optional("Initials", &Asn1Subject::initials, aws::length(0, 5)),
      aws::optional("Pseudonym", &Asn1Subject::pseudonym, aws::length(0, 128)),
      aws::optional("GenerationQualifier", &Asn1Subject::generation_qualifier, aws::length(0, 3)),
      aws::optional("CustomAttributes", &Asn1Subject::custom_attributes, aws::length(1, 150))};
};

struct OtherName {
  std::string type_id;
  std::string value;
  static constexpr auto fields =
      std::tuple{aws::required("TypeId", &OtherName::type_id, oid_length, oid_pattern),
                 aws::required("Value", &OtherName::value, aws::length(0, 256))};
};

struct EdiPartyName {
  std::string party_name;
  std::optional<std::string> name_assigner{};
  static constexpr auto fields =
      std::tuple{aws::required("PartyName", &EdiPartyName::party_name, aws::length(0, 256)),
                 aws::optional("NameAssigner", &EdiPartyName::name_assigner, aws::length(0, 256))};
};

// Exactly one of them.
struct GeneralName {
  std::optional<OtherName> other_name{};
  std::optional<std::string> rfc822_name{};
  std::optional<std::string> dns_name{};
  std::optional<Asn1Subject> directory_name{};
  std::optional<EdiPartyName> edi_party_name{};
  std::optional<std::string> uniform_resource_identifier{};
  std::optional<std::string> ip_address{};
  std::optional<std::string> registered_id{};

  static constexpr auto fields = std::tuple{
      aws::optional("OtherName", &GeneralName::other_name),
      aws::optional("Rfc822Name", &GeneralName::rfc822_name, aws::length(0, 256)),
      aws::optional("DnsName", &GeneralName::dns_name, aws::length(0, 253)),
      aws::optional("DirectoryName", &GeneralName::directory_name),
      aws::optional("EdiPartyName", &GeneralName::edi_party_name),
      aws::optional("UniformResourceIdentifier", &GeneralName::uniform_resource_identifier,
                    aws::length(0, 253)),
      aws::optional("IpAddress", &GeneralName::ip_address, aws::length(0, 39)),
      aws::optional("RegisteredId", &GeneralName::registered_id, oid_length, oid_pattern)};
};

}  // namespace everseal::acmpca
