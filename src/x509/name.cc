#include "x509/name.h"

#include <algorithm>

#include "encoding/ascii.h"
#include "x509/directory_string.h"
#include "x509/oids.h"

namespace everseal::x509 {
namespace {

using asn1::DerReader;

constexpr std::size_t kMaxAttributes = 256;

void read_attribute(DerReader& in, NameAttribute& attribute) {
  in.sequence([&](DerReader& body) {
    attribute.type = body.oid();
    const auto [tag, content, whole] = body.any();
    attribute.tag = tag;
    attribute.value = to_bytes(content);
    if (is_string(tag) && !is_well_encoded(tag, content)) {
      body.fail("a string that its type cannot hold");
    }
  });
}

bool is_blank(char letter) { return letter == ' ' || (letter >= '\t' && letter <= '\r'); }

// As RFC 5280, 7.1 compares: one blank between words, none at the ends, ASCII in lower case.
std::string canonical(std::string_view text) {
  std::string form;
  bool between_words = false;
  for (const char letter : text) {
    if (is_blank(letter)) {
      between_words = !form.empty();
      continue;
    }
    if (between_words) form += ' ';
    between_words = false;
    form += encoding::lower_case(letter);
  }
  return form;
}

bool matches(const NameAttribute& left, const NameAttribute& right) {
  if (left.type != right.type) return false;
  if (left.tag == right.tag && left.value == right.value) return true;
  const auto left_text = left.text();
  const auto right_text = right.text();
  return left_text && right_text && canonical(*left_text) == canonical(*right_text);
}

using Rdn = std::span<const NameAttribute>;

// Takes the attributes of the first RDN off.
Rdn next_rdn(Rdn& attributes) {
  std::size_t count = 1;
  while (count < attributes.size() && attributes[count].rdn == attributes[0].rdn) ++count;
  const auto rdn = attributes.first(count);
  attributes = attributes.subspan(count);
  return rdn;
}

// In any order: other cases and string types sort differently.
bool match(Rdn left, Rdn right) {
  return std::is_permutation(
      left.begin(), left.end(), right.begin(), right.end(),
      [](const NameAttribute& a, const NameAttribute& b) { return matches(a, b); });
}

// Whether the first RDNs of `longer` match all of `shorter`; what is left of `longer` stays in it.
bool starts_with(Rdn& longer, Rdn shorter) {
  while (!shorter.empty()) {
    if (longer.empty()) return false;
    const auto expected = next_rdn(shorter);
    if (!match(next_rdn(longer), expected)) return false;
  }
  return true;
}

}  // namespace

std::optional<std::string> NameAttribute::text() const { return string_to_utf8(tag, value); }

Name::Name() : der_{0x30, 0x00} {}

Result<Name> Name::parse(ByteView der) {
  return asn1::parse_as<Name>(der, "name", [](DerReader& in, Name& name) { name = read(in); });
}

Name Name::read(DerReader& in) {
  Name name;
  name.attributes_.reserve(4);
  const auto read_rdn = [&](DerReader& rdn) {
    const std::size_t number = name.attributes_.empty() ? 0 : name.attributes_.back().rdn + 1;
    rdn.in_order([&](DerReader& next) {
      if (name.attributes_.size() == kMaxAttributes) next.fail("more than 256 attributes");
      read_attribute(next, name.attributes_.emplace_back());
      name.attributes_.back().rdn = number;
    });
  };
  const ByteView whole = in.octets_read_by([&](DerReader& outer) {
    outer.sequence([&](DerReader& rdns) {
      while (!rdns.at_end()) rdns.set(read_rdn);
    });
  });
  if (in.failed()) return {};
  name.der_ = to_bytes(whole);
  return name;
}

std::optional<std::string> Name::first(const asn1::Oid& type) const {
  for (const auto& attribute : attributes_) {
    if (attribute.type == type) return attribute.text();
  }
  return std::nullopt;
}

std::optional<std::string> Name::common_name() const { return first(oids::kCommonName); }

bool Name::matches(const Name& other) const {
  if (der_ == other.der_) return true;
  Rdn left = attributes_;
  return starts_with(left, other.attributes_) && left.empty();
}

bool Name::is_within(const Name& base) const {
  Rdn left = attributes_;
  return starts_with(left, base.attributes_);
}

}  // namespace everseal::x509
