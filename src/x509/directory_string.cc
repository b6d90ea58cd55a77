#include "x509/directory_string.h"

#include <cstdint>

#include "encoding/utf8.h"

namespace everseal::x509 {
namespace {

using asn1::Tag;

void append(std::string& text, std::uint32_t code_point) {
  const auto put = [&](std::uint32_t octet) { text.push_back(static_cast<char>(octet)); };
  const auto put_continuation = [&](int shift) { put(0x80U | (code_point >> shift & 0x3fU)); };
  if (code_point < 0x80) return put(code_point);
  if (code_point < 0x800) {
    put(0xc0U | code_point >> 6);
  } else if (code_point < 0x10000) {
    put(0xe0U | code_point >> 12);
    put_continuation(6);
  } else {
    put(0xf0U | code_point >> 18);
    put_continuation(12);
    put_continuation(6);
  }
  put_continuation(0);
}

bool is_character(std::uint32_t code_point) {
  const bool surrogate = code_point >= 0xd800 && code_point < 0xe000;
  return !surrogate && code_point <= 0x10ffff;
}

// Characters of `width` octets each, big-endian.
std::optional<std::string> from_fixed_width(ByteView content, std::size_t width) {
  if (content.size() % width != 0) return std::nullopt;
  std::string text;
  text.reserve(content.size());
  for (std::size_t at = 0; at < content.size(); at += width) {
    std::uint32_t code_point = 0;
    for (const std::uint8_t octet : content.subspan(at, width))
      code_point = code_point << 8 | octet;
    if (!is_character(code_point)) return std::nullopt;
    append(text, code_point);
  }
  return text;
}

}  // namespace

bool is_string(Tag tag) {
  switch (tag) {
    case Tag::Utf8String:
    case Tag::NumericString:
    case Tag::PrintableString:
    case Tag::TeletexString:
    case Tag::Ia5String:
    case Tag::VisibleString:
    case Tag::UniversalString:
    case Tag::BmpString:
      return true;
    default:
      return false;
  }
}

bool is_well_encoded(Tag tag, ByteView content) {
  if (tag == Tag::Utf8String) return encoding::utf8_length(as_text(content)).has_value();
  const bool wide = tag == Tag::BmpString || tag == Tag::UniversalString;
  return wide ? string_to_utf8(tag, content).has_value() : is_string(tag);
}

std::optional<std::string> string_to_utf8(Tag tag, ByteView content) {
  if (!is_string(tag)) return std::nullopt;
  if (tag == Tag::BmpString) return from_fixed_width(content, 2);
  if (tag == Tag::UniversalString) return from_fixed_width(content, 4);
  if (tag != Tag::Utf8String) return from_fixed_width(content, 1);
  if (!is_well_encoded(tag, content)) return std::nullopt;
  return to_text(content);
}

}  // namespace everseal::x509
