#pragma once

#include <optional>
#include <vector>

#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/crl_entry.h"
#include "x509/serial_number.h"

// Serial numbers as they are kept: ascending, none twice, each behind an octet that says how many
// octets it has. Half a million of 16 octets take 8.5 MB.
namespace everseal::elbv2::trust_stores {

inline constexpr std::size_t piece_octets = 256 * 1024;  // of what is kept in pieces, at most

// In pieces of whole numbers. Malformed: never, of entries that were parsed.
Result<std::vector<Bytes>> packed(const x509::CrlEntries& entries);

// Goes through one piece. Broken: it is damaged.
class PackedSerials {
 public:
  explicit PackedSerials(ByteView piece) : rest_(piece) {}
  // Nothing: that was the last.
  Result<std::optional<x509::SerialNumber>> next();

 private:
  ByteView rest_;
};

}  // namespace everseal::elbv2::trust_stores
