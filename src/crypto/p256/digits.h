#pragma once

// For the .cc files of crypto/p256/ only, like numbers.h.
#include "crypto/p256/numbers.h"

namespace everseal::crypto::p256 {

// One digit of each of eight numbers: a multiple from 1 to half the base of the digits, added or
// taken away, or nothing.
template <class Lanes>
struct Digit {
  Lanes multiple;  // 1 where there is nothing
  std::uint8_t negative;
  std::uint8_t present;
};

// Eight numbers below 2^259 in digits of so many bits from 1 - half to half their base, the lowest
// first: half as many different ones as there would be without a sign.
template <class Lanes, int digit_bits>
class Digits {
 public:
  static constexpr int count = (259 + digit_bits) / digit_bits;
  static constexpr int half = 1 << (digit_bits - 1);

  explicit Digits(const Numbers<Lanes>& numbers) {
    std::uint64_t limb[limbs][lanes];
    for (int i = 0; i < limbs; ++i) numbers.limb[i].store(limb[i]);
    std::uint64_t borrowed[lanes] = {};
    for (int at = 0; at < count; ++at) {
      for (int lane = 0; lane < lanes; ++lane) {
        const std::uint64_t value = bits(limb, lane, at * digit_bits) + borrowed[lane];
        borrowed[lane] = value > half ? 1 : 0;
        take(at, lane, value);
      }
    }
  }

  Digit<Lanes> operator[](int at) const {
    return {Lanes::load(multiple_[at]), negative_[at], present_[at]};
  }

 private:
  static std::uint64_t bits(const std::uint64_t (&limb)[limbs][lanes], int lane, int from) {
    const int index = from / limb_bits;
    const int shift = from % limb_bits;
    std::uint64_t value = limb[index][lane] >> shift;
    if (index + 1 < limbs && shift > 0) value |= limb[index + 1][lane] << (limb_bits - shift);
    return value & ((std::uint64_t{1} << digit_bits) - 1);
  }

  // A value above half the base is the base less its digit: the next digit has one more.
  void take(int at, int lane, std::uint64_t value) {
    const std::uint64_t base = std::uint64_t{1} << digit_bits;
    const bool negative = value > half;
    const std::uint64_t multiple = negative ? base - value : value;
    negative_[at] = static_cast<std::uint8_t>(negative_[at] | (negative ? 1 : 0) << lane);
    present_[at] = static_cast<std::uint8_t>(present_[at] | (multiple != 0 ? 1 : 0) << lane);
    multiple_[at][lane] = multiple != 0 ? multiple : 1;
  }

  std::uint64_t multiple_[count][lanes];
  std::uint8_t negative_[count] = {};
  std::uint8_t present_[count] = {};
};

}  // namespace everseal::crypto::p256
