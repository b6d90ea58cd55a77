#pragma once

// What IfmaLanes does, in plain C++: for tests of the arithmetic on any processor.
#include <cstdint>

namespace everseal::crypto::p256 {

class PortableLanes {
 public:
  PortableLanes() = default;

  static PortableLanes all(std::uint64_t number) {
    return each([&](int) { return number; });
  }
  static PortableLanes load(const std::uint64_t* eight) {
    return each([&](int at) { return eight[at]; });
  }
  void store(std::uint64_t* eight) const {
    for (int at = 0; at < 8; ++at) eight[at] = value_[at];
  }
  static PortableLanes gather(const std::uint64_t* base, PortableLanes behind) {
    return each([&](int at) { return base[behind.value_[at]]; });
  }
  static PortableLanes chosen(std::uint8_t bits, PortableLanes yes, PortableLanes no) {
    return each([&](int at) { return (bits >> at & 1) != 0 ? yes.value_[at] : no.value_[at]; });
  }

  friend PortableLanes operator+(PortableLanes a, PortableLanes b) {
    return each([&](int at) { return a.value_[at] + b.value_[at]; });
  }
  friend PortableLanes operator-(PortableLanes a, PortableLanes b) {
    return each([&](int at) { return a.value_[at] - b.value_[at]; });
  }
  friend PortableLanes operator&(PortableLanes a, PortableLanes b) {
    return each([&](int at) { return a.value_[at] & b.value_[at]; });
  }
  friend PortableLanes operator|(PortableLanes a, PortableLanes b) {
    return each([&](int at) { return a.value_[at] | b.value_[at]; });
  }
  friend PortableLanes operator^(PortableLanes a, PortableLanes b) {
    return each([&](int at) { return a.value_[at] ^ b.value_[at]; });
  }
  friend PortableLanes plus_low(PortableLanes sum, PortableLanes a, PortableLanes b) {
    return each([&](int at) {
      return sum.value_[at] +
             static_cast<std::uint64_t>(product(a.value_[at], b.value_[at]) & low_52);
    });
  }
  friend PortableLanes plus_high(PortableLanes sum, PortableLanes a, PortableLanes b) {
    return each([&](int at) {
      return sum.value_[at] + static_cast<std::uint64_t>(product(a.value_[at], b.value_[at]) >> 52);
    });
  }
  template <int bits>
  PortableLanes shifted_left() const {
    return each([&](int at) { return value_[at] << bits; });
  }
  template <int bits>
  PortableLanes shifted_right() const {
    return each([&](int at) { return value_[at] >> bits; });
  }
  template <int bits>
  PortableLanes shifted_right_signed() const {
    return each([&](int at) {
      return static_cast<std::uint64_t>(static_cast<std::int64_t>(value_[at]) >> bits);
    });
  }
  std::uint8_t zero_lanes() const {
    int bits = 0;
    for (int at = 0; at < 8; ++at) bits |= (value_[at] == 0 ? 1 : 0) << at;
    return static_cast<std::uint8_t>(bits);
  }

 private:
  __extension__ using Double = unsigned __int128;
  static constexpr std::uint64_t low_52 = (std::uint64_t{1} << 52) - 1;

  static Double product(std::uint64_t a, std::uint64_t b) {
    return Double{a & low_52} * (b & low_52);
  }
  template <class Limb>
  static PortableLanes each(Limb limb) {
    PortableLanes out;
    for (int at = 0; at < 8; ++at) out.value_[at] = limb(at);
    return out;
  }

  std::uint64_t value_[8];
};

}  // namespace everseal::crypto::p256
