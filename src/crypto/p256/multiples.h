#pragma once

// For the .cc files of crypto/p256/ only, like numbers.h.
#include "crypto/p256/digits.h"
#include "crypto/p256/points.h"

namespace everseal::crypto::p256 {

// 1 to `most` times the point of each lane.
template <class Lanes, int most>
class MultiplesOfPoints {
 public:
  explicit MultiplesOfPoints(const AffinePoints<Lanes>& points, const Numbers<Lanes>& one) {
    JacobianPoints<Lanes> multiples[most];
    multiples[0] = {points.x, points.y, one};
    for (int i = 1; i < most; ++i) {
      multiples[i] = i % 2 == 1 ? twice(multiples[i / 2]) : sum(multiples[i - 1], points);
    }
    for (int i = 0; i < most; ++i) {
      const Numbers<Lanes>* coordinates[] = {&multiples[i].x, &multiples[i].y, &multiples[i].z};
      for (int k = 0; k < words; ++k) coordinates[k / limbs]->limb[k % limbs].store(words_[i][k]);
    }
  }

  JacobianPoints<Lanes> operator[](const Digit<Lanes>& digit) const {
    constexpr std::uint64_t own_column[lanes] = {0, 1, 2, 3, 4, 5, 6, 7};
    static_assert(words * lanes == 120);  // 128 - 8
    const Lanes row = digit.multiple - Lanes::all(1);
    const Lanes behind =
        row.template shifted_left<7>() - row.template shifted_left<3>() + Lanes::load(own_column);
    JacobianPoints<Lanes> out;
    Numbers<Lanes>* coordinates[] = {&out.x, &out.y, &out.z};
    for (int k = 0; k < words; ++k) {
      coordinates[k / limbs]->limb[k % limbs] = Lanes::gather(words_[0][k], behind);
    }
    negate(digit.negative, out.y);
    return out;
  }

 private:
  static constexpr int words = 3 * limbs;

  std::uint64_t words_[most][words][lanes];
};

// 1 to `most` times one point that all lanes share.
template <class Lanes, int most>
class MultiplesOfOnePoint {
 public:
  explicit MultiplesOfOnePoint(const AffinePoints<Lanes>& point, const Numbers<Lanes>& one) {
    JacobianPoints<Lanes> multiple = {point.x, point.y, one};
    for (int i = 0; i < most; ++i) {
      if (i == 1) multiple = twice(multiple);
      if (i > 1) multiple = sum(multiple, point);
      keep(words_[i], multiple);
    }
  }

  AffinePoints<Lanes> operator[](const Digit<Lanes>& digit) const {
    const Lanes row = digit.multiple - Lanes::all(1);
    const Lanes behind = row.template shifted_left<3>() + row.template shifted_left<1>();
    static_assert(words == 10);  // 8 + 2
    AffinePoints<Lanes> out;
    Numbers<Lanes>* coordinates[] = {&out.x, &out.y};
    for (int k = 0; k < words; ++k) {
      coordinates[k / limbs]->limb[k % limbs] = Lanes::gather(&words_[0][k], behind);
    }
    negate(digit.negative, out.y);
    return out;
  }

 private:
  static constexpr int words = 2 * limbs;

  static void keep(std::uint64_t (&row)[words], const JacobianPoints<Lanes>& point) {
    const auto over_z = inverse<Field>(point.z);
    const auto over_z_squared = square<Field>(over_z);
    const Numbers<Lanes> x = product<Field>(point.x, over_z_squared);
    const Numbers<Lanes> y = product<Field>(point.y, product<Field>(over_z, over_z_squared));
    for (int k = 0; k < words; ++k) {
      std::uint64_t same[lanes];
      (k < limbs ? x : y).limb[k % limbs].store(same);
      row[k] = same[0];
    }
  }

  std::uint64_t words_[most][words];
};

}  // namespace everseal::crypto::p256
