#include <algorithm>
#include <array>
#include <utility>

#include "asn1/der_writer.h"
#include "encoding/utf8.h"
#include "x509/name.h"
#include "x509/oids.h"

namespace everseal::x509 {
namespace {

using asn1::Tag;

constexpr std::array kPublishedOrder = {
    oids::kCountry,
    oids::kOrganization,
    oids::kOrganizationalUnit,
    oids::kDistinguishedNameQualifier,
    oids::kState,
    oids::kCommonName,
    oids::kSerialNumber,
    oids::kLocality,
    oids::kTitle,
    oids::kSurname,
    oids::kGivenName,
    oids::kInitials,
    oids::kPseudonym,
    oids::kGenerationQualifier,
};

// RFC 5280, A.1: X520countryName, X520SerialNumber and X520dnQualifier are PrintableString,
// DomainComponent and EmailAddress IA5String.
Tag string_type(const asn1::Oid& type) {
  if (type == oids::kCountry || type == oids::kSerialNumber ||
      type == oids::kDistinguishedNameQualifier) {
    return Tag::PrintableString;
  }
  if (type == oids::kDomainComponent || type == oids::kEmailAddress) return Tag::Ia5String;
  return Tag::Utf8String;
}

bool is_printable(char letter) {
  constexpr std::string_view kPunctuation = " '()+,-./:=?";
  return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
         (letter >= '0' && letter <= '9') || kPunctuation.find(letter) != std::string_view::npos;
}

bool is_ascii(char letter) { return static_cast<unsigned char>(letter) < 0x80; }

bool can_hold(Tag type, std::string_view text) {
  if (type == Tag::PrintableString) return std::all_of(text.begin(), text.end(), is_printable);
  if (type == Tag::Ia5String) return std::all_of(text.begin(), text.end(), is_ascii);
  return encoding::utf8_length(text).has_value();
}

void write_attribute(asn1::DerWriter& out, const NameAttribute& attribute) {
  out.set([&] {
    out.sequence([&] {
      out.oid(attribute.type);
      out.element(attribute.tag, attribute.value);
    });
  });
}

auto place_in_published_order(const NameAttribute& attribute) {
  return std::find(kPublishedOrder.begin(), kPublishedOrder.end(), attribute.type);
}

}  // namespace

NameBuilder& NameBuilder::add(const asn1::Oid& type, std::string_view text) {
  attributes_.push_back({type, string_type(type), to_bytes(text), attributes_.size()});
  return *this;
}

// Attributes of one type, and those without a place, stay in the order in which they were added.
NameBuilder& NameBuilder::in_published_order() {
  const auto place = [](const NameAttribute& attribute) {
    return std::pair(place_in_published_order(attribute), attribute.rdn);
  };
  std::sort(attributes_.begin(), attributes_.end(),
            [&](const auto& left, const auto& right) { return place(left) < place(right); });
  return *this;
}

Result<Name> NameBuilder::build() const {
  Name name;
  asn1::DerWriter out;
  out.sequence([&] {
    for (const auto& attribute : attributes_) write_attribute(out, attribute);
  });
  for (const auto& attribute : attributes_) {
    if (attribute.value.empty() || !can_hold(attribute.tag, as_text(attribute.value))) {
      return Fault::malformed("name: a value that " + attribute.type.text() + " cannot have");
    }
    name.attributes_.push_back(attribute);
    name.attributes_.back().rdn = name.attributes_.size() - 1;
  }
  name.der_ = std::move(out).take();
  return name;
}

}  // namespace everseal::x509
