#include <array>
#include <string>
#include <string_view>

#include "asn1/der_writer.h"
#include "encoding/hex.h"
#include "x509/name.h"
#include "x509/oids.h"

// How a name is shown: RFC 4514.
namespace everseal::x509 {
namespace {

struct Keyword {
  asn1::Oid type;
  std::string_view word;
};

constexpr std::array<Keyword, 9> kKeywords = {{
    {oids::kCommonName, "CN"},
    {oids::kLocality, "L"},
    {oids::kState, "ST"},
    {oids::kOrganization, "O"},
    {oids::kOrganizationalUnit, "OU"},
    {oids::kCountry, "C"},
    {oids::kStreet, "STREET"},
    {oids::kDomainComponent, "DC"},
    {oids::kUserId, "UID"},
}};

std::string_view keyword_of(const asn1::Oid& type) {
  for (const auto& keyword : kKeywords) {
    if (keyword.type == type) return keyword.word;
  }
  return {};
}

// Control characters too, which the RFC allows: a name ends up in logs and in CSV files.
bool needs_hex(char letter) { return (letter >= 0 && letter < ' ') || letter == '\x7f'; }

bool needs_backslash(char letter, bool first, bool last) {
  constexpr std::string_view kSpecial = "\"+,;<>\\";
  if (kSpecial.find(letter) != std::string_view::npos) return true;
  return (first && (letter == ' ' || letter == '#')) || (last && letter == ' ');
}

// RFC 4514, 2.4.
std::string escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (needs_hex(letter)) {
      result += '\\' + encoding::to_hex(as_bytes(text.substr(at, 1)));
      continue;
    }
    if (needs_backslash(letter, at == 0, at + 1 == text.size())) result += '\\';
    result += letter;
  }
  return result;
}

std::string as_hex(const NameAttribute& attribute) {
  asn1::DerWriter out(attribute.value.size() + 8);
  out.element(attribute.tag, attribute.value);
  return '#' + encoding::to_hex(out.written());
}

std::string to_text(const NameAttribute& attribute) {
  const auto keyword = keyword_of(attribute.type);
  if (keyword.empty()) return attribute.type.text() + '=' + as_hex(attribute);
  const auto text = attribute.text();
  return std::string(keyword) + '=' + (text ? escaped(*text) : as_hex(attribute));
}

}  // namespace

std::string Name::text() const {
  std::string text;
  for (std::size_t end = attributes_.size(); end > 0;) {
    std::size_t start = end - 1;
    while (start > 0 && attributes_[start - 1].rdn == attributes_[start].rdn) --start;
    if (!text.empty()) text += ',';
    for (std::size_t at = start; at < end; ++at) {
      if (at > start) text += '+';
      text += to_text(attributes_[at]);
    }
    end = start;
  }
  return text;
}

}  // namespace everseal::x509
