#include "services/elbv2/trust_stores/serials.h"

#include <algorithm>
#include <utility>

namespace everseal::elbv2::trust_stores {

Result<std::vector<Bytes>> packed(const x509::CrlEntries& entries) {
  std::vector<x509::SerialNumber> serials;
  serials.reserve(entries.size());
  for (const x509::CrlEntry& entry : entries) {
    const auto serial = x509::SerialNumber::from_octets(entry.serial);
    if (!serial) return serial.error();
    serials.push_back(*serial);
  }
  std::ranges::sort(serials);
  serials.erase(std::ranges::unique(serials).begin(), serials.end());
  std::vector<Bytes> pieces;
  for (const auto& serial : serials) {
    const ByteView octets = serial.octets();
    if (pieces.empty() || pieces.back().size() + 1 + octets.size() > piece_octets) {
      pieces.emplace_back();
    }
    pieces.back().push_back(static_cast<std::uint8_t>(octets.size()));
    pieces.back().insert(pieces.back().end(), octets.begin(), octets.end());
  }
  return pieces;
}

Result<std::optional<x509::SerialNumber>> PackedSerials::next() {
  if (rest_.empty()) return std::optional<x509::SerialNumber>();
  const std::size_t size = rest_.front();
  if (size >= rest_.size()) return Fault::broken("revoked serial numbers end within one");
  const auto serial = x509::SerialNumber::from_octets(rest_.subspan(1, size));
  if (!serial) return Fault::broken("a revoked serial number is damaged: " + serial.error().cause);
  rest_ = rest_.subspan(1 + size);
  return std::optional(*serial);
}

}  // namespace everseal::elbv2::trust_stores
