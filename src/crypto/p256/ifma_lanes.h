#pragma once

// For ifma.cc only, which alone is compiled for such processors.
#include <immintrin.h>

#include <cstdint>

namespace everseal::crypto::p256 {

// Eight integers of 64 bits in a register of AVX-512 (Intel, Software Developer's Manual, volume
// 2).
class IfmaLanes {
 public:
  IfmaLanes() = default;

  static IfmaLanes all(std::uint64_t number) {
    return IfmaLanes(_mm512_set1_epi64(static_cast<long long>(number)));
  }
  static IfmaLanes load(const std::uint64_t* eight) { return IfmaLanes(_mm512_loadu_si512(eight)); }
  void store(std::uint64_t* eight) const { _mm512_storeu_si512(eight, value_); }
  // In each lane what stands so many integers behind `base`.
  static IfmaLanes gather(const std::uint64_t* base, IfmaLanes behind) {
    return IfmaLanes(_mm512_i64gather_epi64(behind.value_, base, 8));
  }
  static IfmaLanes chosen(std::uint8_t bits, IfmaLanes yes, IfmaLanes no) {
    return IfmaLanes(_mm512_mask_blend_epi64(bits, no.value_, yes.value_));
  }

  friend IfmaLanes operator+(IfmaLanes a, IfmaLanes b) {
    return IfmaLanes(_mm512_add_epi64(a.value_, b.value_));
  }
  friend IfmaLanes operator-(IfmaLanes a, IfmaLanes b) {
    return IfmaLanes(_mm512_sub_epi64(a.value_, b.value_));
  }
  friend IfmaLanes operator&(IfmaLanes a, IfmaLanes b) {
    return IfmaLanes(_mm512_and_si512(a.value_, b.value_));
  }
  friend IfmaLanes operator|(IfmaLanes a, IfmaLanes b) {
    return IfmaLanes(_mm512_or_si512(a.value_, b.value_));
  }
  friend IfmaLanes operator^(IfmaLanes a, IfmaLanes b) {
    return IfmaLanes(_mm512_xor_si512(a.value_, b.value_));
  }
  // The low and the high 52 bits of a b, added to a sum. Of a and b the low 52 bits count.
  friend IfmaLanes plus_low(IfmaLanes sum, IfmaLanes a, IfmaLanes b) {
    return IfmaLanes(_mm512_madd52lo_epu64(sum.value_, a.value_, b.value_));
  }
  friend IfmaLanes plus_high(IfmaLanes sum, IfmaLanes a, IfmaLanes b) {
    return IfmaLanes(_mm512_madd52hi_epu64(sum.value_, a.value_, b.value_));
  }
  template <int bits>
  IfmaLanes shifted_left() const {
    return IfmaLanes(_mm512_slli_epi64(value_, bits));
  }
  template <int bits>
  IfmaLanes shifted_right() const {
    return IfmaLanes(_mm512_srli_epi64(value_, bits));
  }
  // The same of integers that may be negative.
  template <int bits>
  IfmaLanes shifted_right_signed() const {
    return IfmaLanes(_mm512_srai_epi64(value_, bits));
  }
  std::uint8_t zero_lanes() const { return _mm512_testn_epi64_mask(value_, value_); }

 private:
  explicit IfmaLanes(__m512i value) : value_(value) {}

  __m512i value_;
};

}  // namespace everseal::crypto::p256
