#include "x509/crl_entry.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "asn1/der_reader.h"
#include "asn1/time.h"
#include "x509/extension.h"
#include "x509/oids.h"

namespace everseal::x509 {
namespace {

using asn1::DerReader;
using asn1::Tag;

constexpr std::uint32_t kUnknownReason = 7;
constexpr std::uint32_t kLastReason = 10;

bool is_reason(std::uint32_t number) { return number <= kLastReason && number != kUnknownReason; }

// ---- An entry as nearly all are: every length in one octet, UTCTime, and no extension but a
// reason that is not critical. CRLs are signed again and again, and all their entries are looked at
// each time: so this has to be faster than hashing them. The general way is ten times slower; it
// has the last word on all that looks different.

constexpr std::array<std::uint8_t, 13> kReasonPrefix = {0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55,
                                                        0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01};
constexpr std::size_t kReasonOctets = kReasonPrefix.size() + 1;
constexpr std::size_t kTimeOctets = 15;  // UTCTime with tag and length

struct PlainEntry {
  std::size_t size = 0;  // of all of it; 0: it is another one
  std::size_t serial_size = 0;
  CrlReason reason = CrlReason::Unspecified;
  bool has_extensions = false;
};

// A positive INTEGER of at most 20 octets and a sign, in DER. Every other serial has the sign, at
// random: so there is no branch, which would be guessed wrongly half the time. The octet behind the
// integer may be looked at: it is the time's.
bool is_plain_serial(const std::uint8_t* integer, std::size_t size) {
  const std::size_t sign = integer[0] == 0 ? 1 : 0;
  const bool fits = (size > sign) & (size <= SerialNumber::kMaxOctets + sign);
  const bool is_minimal = (sign == 0) | (integer[1] >= 0x80);
  return fits & is_minimal & (integer[0] < 0x80);
}

// Eight octets that are all decimal digits: 0x30 to 0x39.
bool are_digits(const std::uint8_t* octets) {
  constexpr std::uint64_t kHigh = 0xf0f0f0f0f0f0f0f0;
  constexpr std::uint64_t kZeros = 0x3030303030303030;
  constexpr std::uint64_t kSix = 0x0606060606060606;
  std::uint64_t eight = 0;
  std::memcpy(&eight, octets, sizeof eight);
  return (eight & kHigh) == kZeros && ((eight + kSix) & kHigh) == kZeros;
}

unsigned pair(const std::uint8_t* digits) { return digits[0] * 10U + digits[1] - 11U * '0'; }

// YYMMDDHHMMSSZ on any day but the 29th of February, which needs a calendar.
bool is_plain_moment(const std::uint8_t* text) {
  constexpr std::array<std::uint8_t, 13> kDays = {0,  31, 28, 31, 30, 31, 30,
                                                  31, 31, 30, 31, 30, 31};
  if (!are_digits(text) || !are_digits(text + 4) || text[12] != 'Z') return false;
  const unsigned month = pair(text + 2);
  if (month >= kDays.size()) return false;
  const unsigned day = pair(text + 4);
  return day - 1 < kDays[month] && pair(text + 6) < 24 && pair(text + 8) < 60 &&
         pair(text + 10) < 60;
}

bool is_plain_time(const std::uint8_t* time) {
  return time[0] == 0x17 && time[1] == kTimeOctets - 2 && is_plain_moment(time + 2);
}

bool is_plain_reason(const std::uint8_t* extensions) {
  return std::memcmp(extensions, kReasonPrefix.data(), kReasonPrefix.size()) == 0 &&
         is_reason(extensions[kReasonPrefix.size()]);
}

PlainEntry look_at(ByteView rest) {
  if (rest.size() < 4) return {};
  const std::uint8_t* octets = rest.data();
  const std::size_t content = octets[1];
  const std::size_t serial = octets[3];
  if (octets[0] != 0x30 || content >= 0x80 || octets[2] != 0x02) return {};
  if (content + 2 > rest.size()) return {};
  const std::size_t silent = 2 + serial + kTimeOctets;
  const bool says_why = content == silent + kReasonOctets;
  if (content != silent && !says_why) return {};
  if (!is_plain_serial(octets + 4, serial) || !is_plain_time(octets + 4 + serial)) return {};
  PlainEntry entry{content + 2, serial};
  if (!says_why) return entry;
  if (!is_plain_reason(octets + 2 + silent)) return {};
  entry.reason = static_cast<CrlReason>(octets[content + 1]);
  entry.has_extensions = true;
  return entry;
}

std::optional<CrlEntry> read_plain(ByteView rest) {
  const PlainEntry plain = look_at(rest);
  if (plain.size == 0) return std::nullopt;
  const ByteView serial = rest.subspan(4, plain.serial_size);
  const auto moment = rest.subspan(4 + plain.serial_size + 2, kTimeOctets - 2);
  return CrlEntry{serial.subspan(serial[0] == 0 ? 1 : 0),
                  asn1::decode_time(Tag::UtcTime, moment).value(), plain.reason,
                  rest.first(plain.size)};
}

// ---- Any entry

ByteView read_serial(DerReader& in) {
  ByteView number = in.integer();
  if (in.failed()) return {};
  if ((number[0] & 0x80U) != 0) return in.fail("a negative serial number"), ByteView{};
  if (number[0] == 0) number = number.subspan(1);
  if (number.empty()) return in.fail("the serial number zero"), ByteView{};
  if (number.size() > SerialNumber::kMaxOctets) {
    return in.fail("a serial number of more than 20 octets"), ByteView{};
  }
  return number;
}

void read_reason(DerReader& in, ByteView value, CrlEntry& entry) {
  DerReader inside(value);
  const std::uint32_t number = inside.small_integer(Tag::Enumerated);
  if (const auto done = inside.finish("reasonCode"); !done) return in.fail(done.error().cause);
  if (!is_reason(number)) return in.fail("a reason that has no name");
  entry.reason = static_cast<CrlReason>(number);
}

void read_extensions(DerReader& in, CrlEntry& entry) {
  for (const Extension& extension : Extensions::read(in)) {
    if (extension.type == oids::kReasonCode) {
      read_reason(in, extension.value, entry);
    } else if (extension.critical) {
      in.fail("the critical extension " + extension.type.text() + " of an entry is not known");
    }
  }
}

Result<CrlEntry> read_any(ByteView rest) {
  DerReader outer(rest);
  const ByteView whole = outer.whole_element(Tag::Sequence);
  if (outer.failed()) return outer.finish("CRL entry").error();
  auto entry = asn1::parse_as<CrlEntry>(whole, "CRL entry", [](DerReader& in, CrlEntry& read) {
    in.sequence([&](DerReader& body) {
      read.serial = read_serial(body);
      read.revoked_at = body.time();
      if (!body.at_end()) read_extensions(body, read);
    });
  });
  if (entry) entry->der = whole;
  return entry;
}

// The time is the only thing between the serial and the extensions, and it has one of two lengths.
PlainEntry summary_of(const CrlEntry& entry) {
  const auto* time = entry.serial.data() + entry.serial.size();
  const bool has_extensions = time + 2 + time[1] != entry.der.data() + entry.der.size();
  return {entry.der.size(), entry.serial.size(), entry.reason, has_extensions};
}

Fault at_octet(std::size_t octet, const Fault& fault) {
  return Fault::malformed("octet " + std::to_string(octet) + ": " + fault.cause);
}

}  // namespace

std::string_view to_string(CrlReason reason) {
  switch (reason) {
    case CrlReason::Unspecified:
      return "unspecified";
    case CrlReason::KeyCompromise:
      return "keyCompromise";
    case CrlReason::CaCompromise:
      return "cACompromise";
    case CrlReason::AffiliationChanged:
      return "affiliationChanged";
    case CrlReason::Superseded:
      return "superseded";
    case CrlReason::CessationOfOperation:
      return "cessationOfOperation";
    case CrlReason::CertificateHold:
      return "certificateHold";
    case CrlReason::RemoveFromCrl:
      return "removeFromCRL";
    case CrlReason::PrivilegeWithdrawn:
      return "privilegeWithdrawn";
    case CrlReason::AaCompromise:
      return "aACompromise";
  }
  return "unknown";
}

Result<CrlEntries> CrlEntries::parse(ByteView run) {
  CrlEntries entries;
  entries.run_ = run;
  for (ByteView rest = run; !rest.empty();) {
    PlainEntry next = look_at(rest);
    if (next.size == 0) {
      const auto entry = read_any(rest);
      if (!entry) return at_octet(run.size() - rest.size(), entry.error());
      next = summary_of(*entry);
    }
    ++entries.size_;
    entries.reasons_ |= std::uint32_t{1} << static_cast<unsigned>(next.reason);
    entries.has_extensions_ = entries.has_extensions_ || next.has_extensions;
    rest = rest.subspan(next.size);
  }
  return entries;
}

void CrlEntries::Iterator::read() {
  if (rest_.empty()) return;
  const auto plain = read_plain(rest_);
  entry_ = plain ? *plain : read_any(rest_).value();  // parse() has read it before
}

std::optional<CrlEntry> CrlEntries::find(const SerialNumber& serial) const {
  for (const CrlEntry& entry : *this) {
    if (std::ranges::equal(entry.serial, serial.octets())) return entry;
  }
  return std::nullopt;
}

}  // namespace everseal::x509
