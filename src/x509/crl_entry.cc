#include "x509/crl_entry.h"

#include <algorithm>
#include <array>

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

// ---- An entry as nearly all are: every length in one octet, and no extension but a reason that is
// not critical. A million of them are looked at in the time that the general way takes for fifty
// thousand; it has the last word on all that looks different.

constexpr std::array<std::uint8_t, 13> kReasonPrefix = {0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55,
                                                        0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01};

constexpr std::size_t kUtcTimeOctets = 15;  // with tag and length

// The serial's octets without a leading zero, or nothing if it is not a positive number in DER.
ByteView plain_serial(ByteView integer) {
  if (integer.empty() || (integer[0] & 0x80U) != 0) return {};
  const bool has_zero = integer[0] == 0;
  if (has_zero && (integer.size() == 1 || (integer[1] & 0x80U) == 0)) return {};
  const ByteView magnitude = integer.subspan(has_zero ? 1 : 0);
  return magnitude.size() <= SerialNumber::kMaxOctets ? magnitude : ByteView();
}

std::optional<CrlReason> plain_reason(ByteView extensions) {
  if (extensions.empty()) return CrlReason::Unspecified;
  if (extensions.size() != kReasonPrefix.size() + 1) return std::nullopt;
  if (!std::equal(kReasonPrefix.begin(), kReasonPrefix.end(), extensions.begin())) {
    return std::nullopt;
  }
  if (!is_reason(extensions.back())) return std::nullopt;
  return static_cast<CrlReason>(extensions.back());
}

std::optional<CrlEntry> read_plain(ByteView rest) {
  if (rest.size() < 4 || rest[0] != 0x30 || rest[1] >= 0x80 || rest[2] != 0x02) return std::nullopt;
  const std::size_t size = std::size_t{2} + rest[1];
  const std::size_t time_at = std::size_t{4} + rest[3];
  if (size > rest.size() || time_at + kUtcTimeOctets > size) return std::nullopt;
  if (rest[time_at] != 0x17 || rest[time_at + 1] != kUtcTimeOctets - 2) return std::nullopt;
  const ByteView serial = plain_serial(rest.subspan(4, rest[3]));
  const auto time = asn1::decode_time(Tag::UtcTime, rest.subspan(time_at + 2, kUtcTimeOctets - 2));
  const std::size_t extensions_at = time_at + kUtcTimeOctets;
  const auto reason = plain_reason(rest.subspan(extensions_at, size - extensions_at));
  if (serial.empty() || !time || !reason) return std::nullopt;
  return CrlEntry{serial, *time, *reason, rest.first(size)};
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

Result<CrlEntry> read_entry(ByteView rest) {
  if (const auto plain = read_plain(rest)) return *plain;
  return read_any(rest);
}

// The time is the only thing between the serial and the extensions, and it has one of two lengths.
bool entry_has_extensions(const CrlEntry& entry) {
  const auto* time = entry.serial.data() + entry.serial.size();
  return time + 2 + time[1] != entry.der.data() + entry.der.size();
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
    const auto entry = read_entry(rest);
    if (!entry) {
      return Fault::malformed("octet " + std::to_string(run.size() - rest.size()) + ": " +
                              entry.error().cause);
    }
    ++entries.size_;
    entries.reasons_ |= std::uint32_t{1} << static_cast<unsigned>(entry->reason);
    entries.has_extensions_ = entries.has_extensions_ || entry_has_extensions(*entry);
    rest = rest.subspan(entry->der.size());
  }
  return entries;
}

void CrlEntries::Iterator::read() {
  if (!rest_.empty()) entry_ = read_entry(rest_).value();  // parse() has read it before
}

std::optional<CrlEntry> CrlEntries::find(const SerialNumber& serial) const {
  for (const CrlEntry& entry : *this) {
    if (std::ranges::equal(entry.serial, serial.octets())) return entry;
  }
  return std::nullopt;
}

}  // namespace everseal::x509
