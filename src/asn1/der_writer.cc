#include "asn1/der_writer.h"

#include <array>
#include <bit>

#include "asn1/time.h"

namespace everseal::asn1 {
namespace {

// How many octets follow the first of a long length.
std::size_t length_digits(std::size_t length) {
  return (static_cast<std::size_t>(std::bit_width(length)) + 7) / 8;
}

ByteView without_leading_zeros(ByteView magnitude) {
  while (!magnitude.empty() && magnitude.front() == 0) magnitude = magnitude.subspan(1);
  return magnitude;
}

// The bits in the other direction: the first named bit is the top one.
std::uint8_t reversed(unsigned octet) {
  unsigned mirrored = 0;
  for (unsigned bit = 0; bit < 8; ++bit) mirrored |= (octet >> bit & 1U) << (7 - bit);
  return static_cast<std::uint8_t>(mirrored);
}

}  // namespace

std::size_t DerWriter::begin(Tag tag) {
  buffer_.push_back(static_cast<std::uint8_t>(tag));
  buffer_.push_back(0);
  return buffer_.size();
}

void DerWriter::end(std::size_t start) {
  const std::size_t length = buffer_.size() - start;
  if (length < 0x80) {
    buffer_[start - 1] = static_cast<std::uint8_t>(length);
    return;
  }
  const std::size_t digits = length_digits(length);
  std::array<std::uint8_t, sizeof(length)> octets{};
  for (std::size_t at = 0; at < digits; ++at) {
    octets[at] = static_cast<std::uint8_t>(length >> (8 * (digits - 1 - at)));
  }
  buffer_[start - 1] = static_cast<std::uint8_t>(0x80U | digits);
  const auto place = buffer_.begin() + static_cast<std::ptrdiff_t>(start);
  buffer_.insert(place, octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(digits));
}

void DerWriter::header(Tag tag, std::size_t length) {
  buffer_.push_back(static_cast<std::uint8_t>(tag));
  if (length < 0x80) {
    buffer_.push_back(static_cast<std::uint8_t>(length));
    return;
  }
  const std::size_t digits = length_digits(length);
  buffer_.push_back(static_cast<std::uint8_t>(0x80U | digits));
  for (std::size_t left = digits; left > 0; --left) {
    buffer_.push_back(static_cast<std::uint8_t>(length >> (8 * (left - 1))));
  }
}

void DerWriter::element(Tag tag, ByteView content) {
  header(tag, content.size());
  raw(content);
}

void DerWriter::boolean(bool value, Tag tag) {
  header(tag, 1);
  buffer_.push_back(value ? 0xff : 0x00);
}

void DerWriter::integer(std::uint64_t value, Tag tag) {
  std::array<std::uint8_t, sizeof(value)> octets{};
  for (std::size_t at = 0; at < octets.size(); ++at) {
    octets[at] = static_cast<std::uint8_t>(value >> (8 * (octets.size() - 1 - at)));
  }
  integer(ByteView(octets), tag);
}

void DerWriter::integer(ByteView magnitude, Tag tag) {
  const ByteView digits = without_leading_zeros(magnitude);
  const bool needs_sign = digits.empty() || (digits.front() & 0x80U) != 0;
  header(tag, digits.size() + (needs_sign ? 1 : 0));
  if (needs_sign) buffer_.push_back(0);
  raw(digits);
}

void DerWriter::bit_string(ByteView octets) {
  header(Tag::BitString, octets.size() + 1);
  buffer_.push_back(0);
  raw(octets);
}

void DerWriter::named_bits(std::uint16_t bits, Tag tag) {
  const auto count = static_cast<unsigned>(std::bit_width(bits));
  const unsigned octets = (count + 7) / 8;
  header(tag, octets + 1);
  buffer_.push_back(static_cast<std::uint8_t>(octets * 8 - count));
  for (unsigned at = 0; at < octets; ++at) buffer_.push_back(reversed(bits >> (8 * at) & 0xffU));
}

void DerWriter::time(TimePoint value) {
  const auto encoded = encode_time(value);
  text(encoded.tag, encoded.text);
}

void DerWriter::raw(ByteView der) { buffer_.insert(buffer_.end(), der.begin(), der.end()); }

}  // namespace everseal::asn1
