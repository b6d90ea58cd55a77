#include "issuance/ocsp/compact_answer.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "asn1/time.h"

namespace everseal::issuance::ocsp {
namespace {

using namespace std::chrono;

constexpr std::uint8_t kFormat = 1;
constexpr std::uint8_t kNoReason = 255;
constexpr std::size_t kMaxSignature = 1024;  // of RSA with 8192 bits
enum : std::uint8_t { kGood = 0, kRevoked = 1, kUnknown = 2 };

void put(Bytes& out, std::uint64_t number, int octets) {
  while (octets-- > 0) out.push_back(static_cast<std::uint8_t>(number >> (8 * octets)));
}

std::uint64_t seconds_of(TimePoint time) {
  return static_cast<std::uint64_t>(floor<seconds>(time).time_since_epoch().count());
}

void put_status(Bytes& out, const x509::OcspStatus& status) {
  const auto* revoked = std::get_if<x509::OcspRevoked>(&status);
  if (revoked == nullptr) {
    out.push_back(std::holds_alternative<x509::OcspGood>(status) ? kGood : kUnknown);
    return;
  }
  out.push_back(kRevoked);
  put(out, seconds_of(revoked->at), 8);
  out.push_back(revoked->reason ? static_cast<std::uint8_t>(*revoked->reason) : kNoReason);
}

// Takes numbers off the front; too few octets stick as a failure.
class Taker {
 public:
  explicit Taker(ByteView octets) : rest_(octets) {}

  ByteView octets(std::size_t count) {
    failed_ = failed_ || rest_.size() < count;
    if (failed_) return {};
    const auto taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  std::uint64_t number(std::size_t count) {
    std::uint64_t value = 0;
    for (const auto octet : octets(count)) value = value << 8 | octet;
    return value;
  }
  TimePoint time() {
    const auto value = static_cast<std::int64_t>(number(8));
    constexpr std::int64_t most = 400'000'000'000;  // beyond the year 9999
    if (value < -most || value > most) failed_ = true;
    const TimePoint time{failed_ ? seconds(0) : seconds(value)};
    failed_ = failed_ || !asn1::is_encodable(time);
    return time;
  }
  ByteView rest() const { return rest_; }
  bool failed() const { return failed_; }
  void fail() { failed_ = true; }

 private:
  ByteView rest_;
  bool failed_ = false;
};

std::optional<x509::CrlReason> take_reason(Taker& in) {
  const auto number = static_cast<std::uint8_t>(in.number(1));
  if (number == kNoReason) return std::nullopt;
  if (number == 7 || number > 10) in.fail();
  return static_cast<x509::CrlReason>(number);
}

x509::OcspStatus take_status(Taker& in) {
  switch (in.number(1)) {
    case kGood:
      return x509::OcspGood{};
    case kRevoked: {
      const TimePoint at = in.time();
      return x509::OcspRevoked{at, take_reason(in)};
    }
    case kUnknown:
      return x509::OcspUnknown{};
    default:
      return in.fail(), x509::OcspUnknown{};
  }
}

}  // namespace

Bytes CompactAnswer::encode() const {
  Bytes out;
  out.reserve(32 + signature.size());
  out.push_back(kFormat);
  out.insert(out.end(), signer.begin(), signer.end());
  put(out, seconds_of(window.this_update), 8);
  put(out, seconds_of(window.next_update) - seconds_of(window.this_update), 4);
  put_status(out, status);
  out.insert(out.end(), signature.begin(), signature.end());
  return out;
}

Result<CompactAnswer> CompactAnswer::decode(ByteView octets) {
  Taker in(octets);
  if (in.number(1) != kFormat) return Fault::malformed("compact OCSP answer: another format");
  CompactAnswer answer;
  std::ranges::copy(in.octets(answer.signer.size()), answer.signer.begin());
  answer.window.this_update = in.time();
  answer.window.next_update = answer.window.this_update + seconds(in.number(4));
  answer.status = take_status(in);
  if (in.failed() || !asn1::is_encodable(answer.window.next_update)) {
    return Fault::malformed("compact OCSP answer: cut off or out of bounds");
  }
  if (in.rest().empty() || in.rest().size() > kMaxSignature) {
    return Fault::malformed("compact OCSP answer: no signature, or too long");
  }
  answer.signature = to_bytes(in.rest());
  return answer;
}

}  // namespace everseal::issuance::ocsp
