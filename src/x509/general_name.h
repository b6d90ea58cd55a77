#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "asn1/der_reader.h"
#include "asn1/der_writer.h"
#include "asn1/oid.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/name.h"

namespace everseal::x509 {

// The nine forms of GeneralName (RFC 5280, 4.2.1.6), in the order of their tags.
struct OtherName {
  asn1::Oid type;
  Bytes value;  // DER of one value, the one inside [0]
  friend bool operator==(const OtherName&, const OtherName&) = default;
};
struct Rfc822Name {
  std::string text;
  friend bool operator==(const Rfc822Name&, const Rfc822Name&) = default;
};
struct DnsName {
  std::string text;
  friend bool operator==(const DnsName&, const DnsName&) = default;
};
struct X400Address {
  Bytes content;  // kept, not understood
  friend bool operator==(const X400Address&, const X400Address&) = default;
};
struct DirectoryName {
  Name name;
  friend bool operator==(const DirectoryName&, const DirectoryName&) = default;
};
struct EdiPartyName {
  std::optional<std::string> name_assigner;  // UTF-8
  std::string party_name;
  friend bool operator==(const EdiPartyName&, const EdiPartyName&) = default;
};
struct UniformResourceIdentifier {
  std::string text;
  friend bool operator==(const UniformResourceIdentifier&,
                         const UniformResourceIdentifier&) = default;
};
struct IpAddress {
  Bytes octets;  // 4 or 16; in name constraints 8 or 32, the address and then its mask
  // "10.0.0.7", "2001:db8::1". Malformed: anything else, masks and zones too.
  static Result<IpAddress> parse(std::string_view text);
  // In constraints: "10.0.0.0/8", "2001:db8::/32".
  std::string text() const;
  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};
struct RegisteredId {
  asn1::Oid oid;
  friend bool operator==(const RegisteredId&, const RegisteredId&) = default;
};

using GeneralName = std::variant<OtherName, Rfc822Name, DnsName, X400Address, DirectoryName,
                                 EdiPartyName, UniformResourceIdentifier, IpAddress, RegisteredId>;

// Text forms are IA5 (octets below 0x80); others make the reader fail. Addresses have 4 or 16
// octets, in constraints 8 or 32.
enum class NameContext { Name, Constraint };
GeneralName read_general_name(asn1::DerReader& in, NameContext context = NameContext::Name);
// The SEQUENCE OF around them has the given tag; at least one, at most 10000.
std::vector<GeneralName> read_general_names(asn1::DerReader& in,
                                            asn1::Tag tag = asn1::Tag::Sequence);

void write_general_name(asn1::DerWriter& out, const GeneralName& name);
void write_general_names(asn1::DerWriter& out, const std::vector<GeneralName>& names,
                         asn1::Tag tag = asn1::Tag::Sequence);

// For people: "DNS:app.corp.internal", "IP Address:10.0.0.7", "URI:http://...", "email:...",
// "DirName:CN=...", "Registered ID:1.2.3", "othername:1.2.3", "EdiPartyName:...", "X400Name".
std::string describe(const GeneralName& name);

}  // namespace everseal::x509
