#pragma once

// For the .cc files of crypto/p256/ only, like numbers.h.
#include "crypto/p256/claim.h"
#include "crypto/p256/multiples.h"

namespace everseal::crypto::p256 {
namespace detail {

// The base point (SEC 2, 2.4.2).
inline constexpr std::uint64_t generator_x[limbs] = {
    0x13945d898c296, 0x812deb33a0f4a, 0x3a440f277037d, 0x4247f8bce6e56, 0x06b17d1f2e12c};
inline constexpr std::uint64_t generator_y[limbs] = {
    0x6406837bf51f5, 0x576b315ececbb, 0xc0f9e162bce33, 0x7f9b8ee7eb4a7, 0x04fe342e2fe1a};
inline constexpr std::uint64_t one[limbs] = {1};

inline constexpr int digit_bits_of_key = 5;
inline constexpr int digit_bits_of_generator = 8;

template <class Lanes>
std::uint64_t limb_of(const std::uint8_t (&number)[32], int index) {
  std::uint64_t limb = 0;
  for (int bit = limb_bits - 4; bit >= 0; bit -= 4) {
    const int from = index * limb_bits + bit;
    const std::uint64_t nibble = from >= 256 ? 0 : number[31 - from / 8] >> (from % 8) & 15U;
    limb = limb << 4 | nibble;
  }
  return limb;
}

// One number of each claim; a lane without a claim has that of the first.
template <class Lanes>
Numbers<Lanes> numbers_of(const Claim* claims, int count, const std::uint8_t (Claim::*number)[32]) {
  Numbers<Lanes> out;
  for (int i = 0; i < limbs; ++i) {
    std::uint64_t eight[lanes];
    for (int lane = 0; lane < lanes; ++lane) {
      eight[lane] = limb_of<Lanes>(claims[lane < count ? lane : 0].*number, i);
    }
    out.limb[i] = Lanes::load(eight);
  }
  return out;
}

template <class Lanes>
Numbers<Lanes> one_in_montgomery_form() {
  return in_montgomery_form<Field>(in_all_lanes<Lanes>(one));
}

template <class Lanes>
using MultiplesOfGenerator = MultiplesOfOnePoint<Lanes, 1 << (digit_bits_of_generator - 1)>;

template <class Lanes>
const MultiplesOfGenerator<Lanes>& multiples_of_generator() {
  static const MultiplesOfGenerator<Lanes> multiples(
      {in_montgomery_form<Field>(in_all_lanes<Lanes>(generator_x)),
       in_montgomery_form<Field>(in_all_lanes<Lanes>(generator_y))},
      one_in_montgomery_form<Lanes>());
  return multiples;
}

// A sum of points that begins with none.
template <class Lanes>
class Total {
 public:
  explicit Total(const Numbers<Lanes>& one_there) : one_(one_there), points_{one_, one_, one_} {}

  void twice() { points_ = p256::twice(points_); }
  void add(std::uint8_t present, const JacobianPoints<Lanes>& points) {
    add(present, sum(points_, points), points);
  }
  void add(std::uint8_t present, const AffinePoints<Lanes>& points) {
    add(present, sum(points_, points), {points.x, points.y, one_});
  }
  const JacobianPoints<Lanes>& points() const { return points_; }
  // The lanes that have any.
  std::uint8_t begun() const { return begun_; }

 private:
  void add(std::uint8_t present, const JacobianPoints<Lanes>& with,
           const JacobianPoints<Lanes>& first) {
    points_ = chosen(present, chosen(begun_, with, first), points_);
    begun_ = static_cast<std::uint8_t>(begun_ | present);
  }

  const Numbers<Lanes> one_;
  JacobianPoints<Lanes> points_;
  std::uint8_t begun_ = 0;
};

// u1 times the generator and u2 times the key.
template <class Lanes>
Total<Lanes> combined(const Numbers<Lanes>& u1, const Numbers<Lanes>& u2,
                      const AffinePoints<Lanes>& keys) {
  const auto one_there = one_in_montgomery_form<Lanes>();
  const auto& of_generator = multiples_of_generator<Lanes>();
  const MultiplesOfPoints<Lanes, 1 << (digit_bits_of_key - 1)> of_keys(keys, one_there);
  const Digits<Lanes, digit_bits_of_generator> generator_digits(u1);
  const Digits<Lanes, digit_bits_of_key> key_digits(u2);
  Total<Lanes> total(one_there);
  for (int bit = 256; bit >= 0; --bit) {
    if (total.begun() != 0) total.twice();
    if (bit % digit_bits_of_key == 0) {
      const auto digit = key_digits[bit / digit_bits_of_key];
      total.add(digit.present, of_keys[digit]);
    }
    if (bit % digit_bits_of_generator == 0) {
      const auto digit = generator_digits[bit / digit_bits_of_generator];
      total.add(digit.present, of_generator[digit]);
    }
  }
  return total;
}

}  // namespace detail

// Which of one to eight claims are true, a bit each (FIPS 186-5, 6.4.2). In constant memory, not in
// constant time: all numbers are public. What is asked for beforehand: x and y are on the curve, r
// and s are from 1 to n - 1. A claim without its bit is not refuted: r may be the x of a point less
// n, or points met that the formulas cannot add.
template <class Lanes>
std::uint8_t proven_lanes(const Claim* claims, int count) {
  const auto read = [&](const std::uint8_t(Claim::* number)[32]) {
    return detail::numbers_of<Lanes>(claims, count, number);
  };
  const auto r = read(&Claim::r);
  const auto over_s = inverse<Order>(in_montgomery_form<Order>(read(&Claim::s)));
  const auto total = detail::combined(
      product<Order>(read(&Claim::digest), over_s), product<Order>(r, over_s),
      {in_montgomery_form<Field>(read(&Claim::x)), in_montgomery_form<Field>(read(&Claim::y))});
  const auto& [x, y, z] = total.points();
  const auto expected = product<Field>(in_montgomery_form<Field>(r), square<Field>(z));
  const std::uint8_t equal = zero_lanes(minus<2>(x, expected));
  const auto possible = static_cast<std::uint8_t>(total.begun() & ~zero_lanes(z));
  return static_cast<std::uint8_t>(equal & possible & ((1U << count) - 1));
}

}  // namespace everseal::crypto::p256
