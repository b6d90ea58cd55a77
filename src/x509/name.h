#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "asn1/der_reader.h"
#include "asn1/oid.h"
#include "asn1/tag.h"
#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::x509 {

// One type with its value, such as CN=app.corp.internal.
struct NameAttribute {
  asn1::Oid type;
  asn1::Tag tag;        // of the value: usually one of the string types
  Bytes value;          // its content octets, as encoded
  std::size_t rdn = 0;  // attributes with the same number stand in one RelativeDistinguishedName

  // The value in UTF-8, whichever string type holds it; nothing if it is not a string.
  std::optional<std::string> text() const;
};

// A distinguished name: a sequence of RDNs from the most general (C) to the most specific (CN).
// It keeps the DER it came from, so that an issuer is copied octet by octet into what it issues and
// even a verifier that only compares octets finds the two names equal.
class Name {
 public:
  // The empty name.
  Name();

  // DER of one Name. Malformed also: an RDN without attributes, a UTF8String that is not UTF-8,
  // more than 256 attributes.
  static Result<Name> parse(ByteView der);
  static Name read(asn1::DerReader& in);

  ByteView der() const { return der_; }
  bool empty() const { return attributes_.empty(); }
  const std::vector<NameAttribute>& attributes() const { return attributes_; }

  // The first value of this type, in UTF-8.
  std::optional<std::string> first(const asn1::Oid& type) const;
  std::optional<std::string> common_name() const;

  // RFC 4514, the most specific first: "CN=app.corp.internal,O=Example Corp,C=US"; parts of one RDN
  // are joined by "+". Keywords are those of RFC 4514, section 3 (CN L ST O OU C STREET DC UID);
  // all other types print as "2.5.4.12=#0c024d72".
  std::string text() const;

  // The same name as RFC 5280, 7.1 compares: without regard to ASCII case, to the string type, to
  // blanks at the ends and to how many stand in between. == compares the encodings.
  bool matches(const Name& other) const;
  // Whether this name lies in the subtree below `base`: its first RDNs match all those of `base`.
  bool is_within(const Name& base) const;
  friend bool operator==(const Name& left, const Name& right) { return left.der_ == right.der_; }

 private:
  friend class NameBuilder;
  Bytes der_;
  std::vector<NameAttribute> attributes_;
};

// Makes names for certificates, one attribute an RDN.
//   const auto name = NameBuilder().add(oids::kCountry, "US").add(oids::kCommonName,
//   "Root").build();
class NameBuilder {
 public:
  // In UTF-8. The string type is what RFC 5280 and RFC 4519 ask of the attribute: PrintableString
  // for country, serial number and DN qualifier, IA5String for domain component and e-mail address,
  // UTF8String for all others.
  NameBuilder& add(const asn1::Oid& type, std::string_view text);
  // The order in which Private CA writes its standard attributes, however they were added: country,
  // organization, organizational unit, DN qualifier, state, common name, serial number, locality,
  // title, surname, given name, initials, pseudonym, generation qualifier. Others follow.
  NameBuilder& in_published_order();
  // Malformed: a value that its string type cannot hold, or an empty one.
  Result<Name> build() const;

 private:
  std::vector<NameAttribute> attributes_;
};

}  // namespace everseal::x509
