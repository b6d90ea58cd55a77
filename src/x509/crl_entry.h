#pragma once

#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/crl_reason.h"
#include "x509/serial_number.h"

// The entries of a CRL (RFC 5280, 5.1.2.6), one behind the other as they stand in it. Whoever keeps
// revocations keeps such runs of octets: a CRL of a million entries is then written by copying
// runs, and never exists as a million objects.
namespace everseal::x509 {

std::string_view to_string(CrlReason reason);  // the word of the ASN.1: "keyCompromise"

// One revoked certificate. The views lie in the octets that it was read from.
struct CrlEntry {
  ByteView serial;  // big-endian; the first octet is not zero
  TimePoint revoked_at;
  CrlReason reason = CrlReason::Unspecified;  // also where the entry does not say
  ByteView der;                               // all of it: what to copy into another run
};

// Appends one entry to a run. `serial` is big-endian, leading zeros are dropped; the time is
// floored to the second and must be encodable (asn1/time.h); an unspecified reason is left out, as
// RFC 5280 advises. Nothing is judged here: CrlEntries::parse does, before anything is signed.
void append_crl_entry(Bytes& run, ByteView serial, TimePoint revoked_at,
                      CrlReason reason = CrlReason::Unspecified);

// A run of whole entries: a view, so that what it was read from must outlive it. Nothing is
// allocated, however many there are: going through a million takes some ten milliseconds.
class CrlEntries {
 public:
  class Iterator;

  CrlEntries() = default;  // none
  // The run may be empty. Malformed: anything but strict DER, a serial number that is not positive
  // or has more than 20 octets, a reason that has no name, an extension twice, and any critical
  // extension but the reason: such a CRL must not be used by who does not know it (5.3).
  static Result<CrlEntries> parse(ByteView run);

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  ByteView der() const { return run_; }
  // Whether any of them gives this reason. Unspecified: or none.
  bool has(CrlReason reason) const { return (reasons_ >> static_cast<unsigned>(reason) & 1) != 0; }
  bool has_extensions() const { return has_extensions_; }

  Iterator begin() const;
  Iterator end() const;
  // Looks at one after the other.
  std::optional<CrlEntry> find(const SerialNumber& serial) const;

 private:
  ByteView run_;
  std::size_t size_ = 0;
  std::uint32_t reasons_ = 0;  // bit n is CrlReason n
  bool has_extensions_ = false;
};

class CrlEntries::Iterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using difference_type = std::ptrdiff_t;
  using value_type = CrlEntry;
  using pointer = const CrlEntry*;
  using reference = const CrlEntry&;

  Iterator() = default;
  explicit Iterator(ByteView rest) : rest_(rest) { read(); }
  const CrlEntry& operator*() const { return entry_; }
  const CrlEntry* operator->() const { return &entry_; }
  Iterator& operator++() {
    rest_ = rest_.subspan(entry_.der.size());
    read();
    return *this;
  }
  void operator++(int) { ++*this; }
  friend bool operator==(const Iterator& left, const Iterator& right) {
    return left.rest_.size() == right.rest_.size();
  }

 private:
  void read();

  ByteView rest_;
  CrlEntry entry_{};
};

inline CrlEntries::Iterator CrlEntries::begin() const { return Iterator(run_); }
inline CrlEntries::Iterator CrlEntries::end() const { return Iterator(run_.last(0)); }

}  // namespace everseal::x509
