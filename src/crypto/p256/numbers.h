#pragma once

// For the .cc files of crypto/p256/ only. ifma.cc is compiled for processors that not everybody
// has, so what it includes defines nothing that other files would share: no standard containers.
#include <cstdint>

namespace everseal::crypto::p256 {

inline constexpr int lanes = 8;
inline constexpr int limbs = 5;
inline constexpr int limb_bits = 52;
inline constexpr std::uint64_t limb_mask = (std::uint64_t{1} << limb_bits) - 1;

// Eight numbers from 0 to 2^260 - 1 side by side, one in each lane: five limbs of 52 bits, the
// lowest first. `Lanes` is what holds one limb of all eight (portable_lanes.h, ifma_lanes.h).
template <class Lanes>
struct Numbers {
  Lanes limb[limbs];
};

// What numbers are calculated by (SEC 2, 2.4.2), and what Montgomery's method needs, R being 2^260:
// R^2 by the modulus, and -1 divided by the modulus, by 2^52.
struct Field {  // the coordinates of points
  static constexpr std::uint64_t modulus[limbs] = {0xfffffffffffff, 0x00fffffffffff, 0,
                                                   0x0001000000000, 0x0ffffffff0000};
  static constexpr std::uint64_t r_squared[limbs] = {
      0x0000000000300, 0xffffffff00000, 0xffffefffffffb, 0xfdfffffffffff, 0x0000004ffffff};
  static constexpr std::uint64_t negative_inverse = 1;
};
struct Order {  // how often points are added
  static constexpr std::uint64_t modulus[limbs] = {
      0x9cac2fc632551, 0xada7179e84f3b, 0xfffffffbce6fa, 0x0000fffffffff, 0x0ffffffff0000};
  static constexpr std::uint64_t r_squared[limbs] = {
      0x5cc0dea6dc3ba, 0x192a067d8a084, 0xbec59615571bb, 0x1fc245b2392b6, 0x0e12d9559d956};
  static constexpr std::uint64_t negative_inverse = 0x1c8aaee00bc4f;
};

template <class Lanes>
Numbers<Lanes> in_all_lanes(const std::uint64_t (&number)[limbs]) {
  Numbers<Lanes> out;
  for (int i = 0; i < limbs; ++i) out.limb[i] = Lanes::all(number[i]);
  return out;
}

// Limbs that have become negative or too large, put right; the number itself is in range.
template <class Lanes>
Numbers<Lanes> carried(Numbers<Lanes> a) {
  const Lanes mask = Lanes::all(limb_mask);
  for (int i = 0; i + 1 < limbs; ++i) {
    a.limb[i + 1] = a.limb[i + 1] + a.limb[i].template shifted_right_signed<limb_bits>();
    a.limb[i] = a.limb[i] & mask;
  }
  return a;
}

// a b / R, of numbers that are carried. If a b is below 16 m^2, m being the modulus, the answer is
// below 2 m; of factors below 2 m it is below 1.25 m.
template <class Modulus, class Lanes>
Numbers<Lanes> product(const Numbers<Lanes>& a, const Numbers<Lanes>& b) {
  const Numbers<Lanes> modulus = in_all_lanes<Lanes>(Modulus::modulus);
  Numbers<Lanes> sum = {};
  for (int j = 0; j < limbs; ++j) {
    for (int i = 0; i < limbs; ++i) sum.limb[i] = plus_low(sum.limb[i], a.limb[i], b.limb[j]);
    // The multiple of the modulus that makes the lowest limb end with 52 zeros.
    Lanes multiple = sum.limb[0];
    if constexpr (Modulus::negative_inverse != 1) {
      multiple = plus_low(Lanes::all(0), multiple, Lanes::all(Modulus::negative_inverse));
    }
    for (int i = 0; i < limbs; ++i) {
      if (Modulus::modulus[i] == 0) continue;
      sum.limb[i] = plus_low(sum.limb[i], multiple, modulus.limb[i]);
    }
    const Lanes carry = sum.limb[0].template shifted_right<limb_bits>();
    // The upper halves belong one limb higher, and all move down by one: they stay where they are.
    for (int i = 0; i < limbs; ++i) {
      const Lanes next = i + 1 < limbs ? sum.limb[i + 1] : Lanes::all(0);
      sum.limb[i] = plus_high(i == 0 ? next + carry : next, a.limb[i], b.limb[j]);
      if (Modulus::modulus[i] == 0) continue;
      sum.limb[i] = plus_high(sum.limb[i], multiple, modulus.limb[i]);
    }
  }
  return carried(sum);
}

template <class Modulus, class Lanes>
Numbers<Lanes> square(const Numbers<Lanes>& a) {
  return product<Modulus>(a, a);
}

// a R: the form in which numbers are multiplied.
template <class Modulus, class Lanes>
Numbers<Lanes> in_montgomery_form(const Numbers<Lanes>& a) {
  return product<Modulus>(a, in_all_lanes<Lanes>(Modulus::r_squared));
}

// 1 / a of a prime modulus: its power m - 2 (Fermat), four bits at a time. Of 0 it is 0. Both are
// in Montgomery's form.
template <class Modulus, class Lanes>
Numbers<Lanes> inverse(const Numbers<Lanes>& a) {
  constexpr std::uint64_t one[limbs] = {1};
  constexpr int digits_in_a_limb = limb_bits / 4;
  Numbers<Lanes> powers[16];
  powers[0] = in_montgomery_form<Modulus>(in_all_lanes<Lanes>(one));
  for (int i = 1; i < 16; ++i) powers[i] = product<Modulus>(powers[i - 1], a);
  Numbers<Lanes> out = powers[0];
  for (int i = limbs * digits_in_a_limb - 1; i >= 0; --i) {
    for (int k = 0; k < 4; ++k) out = square<Modulus>(out);
    const std::uint64_t limb =
        Modulus::modulus[i / digits_in_a_limb] - (i < digits_in_a_limb ? 2 : 0);
    out = product<Modulus>(out, powers[limb >> (4 * (i % digits_in_a_limb)) & 15]);
  }
  return out;
}

// The same number by the modulus of the field, of one below 16 times it, whose limbs may be
// negative or large: below 1.001 times it. For 2^256 is 2^224 - 2^192 - 2^96 + 1 there.
template <class Lanes>
Numbers<Lanes> reduced(const Numbers<Lanes>& number) {
  Numbers<Lanes> a = carried(number);
  const Lanes above = a.limb[4].template shifted_right<48>();
  a.limb[4] =
      (a.limb[4] & Lanes::all((std::uint64_t{1} << 48) - 1)) + above.template shifted_left<16>();
  a.limb[3] = a.limb[3] - above.template shifted_left<36>();
  a.limb[1] = a.limb[1] - above.template shifted_left<44>();
  a.limb[0] = a.limb[0] + above;
  return carried(a);
}

// The four below leave limbs as they come: carried() or reduced() puts them right.
template <class Lanes>
Numbers<Lanes> plus(const Numbers<Lanes>& a, const Numbers<Lanes>& b) {
  Numbers<Lanes> out;
  for (int i = 0; i < limbs; ++i) out.limb[i] = a.limb[i] + b.limb[i];
  return out;
}

// a - b + enough p, so that it is not negative: b is below `enough` times the field's modulus p.
template <int enough, class Lanes>
Numbers<Lanes> minus(const Numbers<Lanes>& a, const Numbers<Lanes>& b) {
  Numbers<Lanes> out;
  for (int i = 0; i < limbs; ++i) {
    out.limb[i] = a.limb[i] - b.limb[i] + Lanes::all(enough * Field::modulus[i]);
  }
  return out;
}

template <int bits, class Lanes>
Numbers<Lanes> doubled(const Numbers<Lanes>& a) {
  Numbers<Lanes> out;
  for (int i = 0; i < limbs; ++i) out.limb[i] = a.limb[i].template shifted_left<bits>();
  return out;
}

template <class Lanes>
Numbers<Lanes> thrice(const Numbers<Lanes>& a) {
  return plus(a, doubled<1>(a));
}

// The number of `yes` in the lanes whose bit is set, else that of `no`.
template <class Lanes>
Numbers<Lanes> chosen(std::uint8_t bits, const Numbers<Lanes>& yes, const Numbers<Lanes>& no) {
  Numbers<Lanes> out;
  for (int i = 0; i < limbs; ++i) out.limb[i] = Lanes::chosen(bits, yes.limb[i], no.limb[i]);
  return out;
}

// The lanes whose number is 0 by the modulus of the field. It is below 16 times that.
template <class Lanes>
std::uint8_t zero_lanes(const Numbers<Lanes>& number) {
  const Numbers<Lanes> a = reduced(number);
  Lanes not_zero = Lanes::all(0);
  Lanes not_modulus = Lanes::all(0);
  for (int i = 0; i < limbs; ++i) {
    not_zero = not_zero | a.limb[i];
    not_modulus = not_modulus | (a.limb[i] ^ Lanes::all(Field::modulus[i]));
  }
  return static_cast<std::uint8_t>(not_zero.zero_lanes() | not_modulus.zero_lanes());
}

}  // namespace everseal::crypto::p256
