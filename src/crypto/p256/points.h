#pragma once

// For the .cc files of crypto/p256/ only, like numbers.h.
#include "crypto/p256/numbers.h"

namespace everseal::crypto::p256 {

// Points of the curve y^2 = x^3 - 3 x + b, in Montgomery's form: x and y below 2 p, z below 2.67 p,
// p being the field's modulus. None is the point at infinity.
template <class Lanes>
struct AffinePoints {
  Numbers<Lanes> x, y;
};
template <class Lanes>
struct JacobianPoints {  // (x / z^2, y / z^3)
  Numbers<Lanes> x, y, z;
};

template <class Lanes>
JacobianPoints<Lanes> chosen(std::uint8_t bits, const JacobianPoints<Lanes>& yes,
                             const JacobianPoints<Lanes>& no) {
  return {chosen(bits, yes.x, no.x), chosen(bits, yes.y, no.y), chosen(bits, yes.z, no.z)};
}

// In the lanes whose bit is set the other point with the same x.
template <class Lanes>
void negate(std::uint8_t bits, Numbers<Lanes>& y) {
  const Numbers<Lanes> nothing = {};
  y = chosen(bits, carried(minus<2>(nothing, y)), y);
}

// 2 a: "dbl-2001-b" of the Explicit-Formulas Database, but for z = 2 y z.
template <class Lanes>
JacobianPoints<Lanes> twice(const JacobianPoints<Lanes>& a) {
  const auto delta = square<Field>(a.z);
  const auto gamma = square<Field>(a.y);
  const auto beta = product<Field>(a.x, gamma);
  const auto alpha =
      reduced(thrice(product<Field>(carried(minus<2>(a.x, delta)), carried(plus(a.x, delta)))));
  const auto x = reduced(minus<12>(square<Field>(alpha), doubled<3>(beta)));
  const auto y = reduced(minus<12>(product<Field>(alpha, reduced(minus<2>(doubled<2>(beta), x))),
                                   doubled<3>(square<Field>(gamma))));
  return {x, y, carried(doubled<1>(product<Field>(a.y, a.z)))};
}

namespace detail {

// a + b, both brought to one denominator: (x1, y1) and (x2, y2) over the squares and cubes of
// z = z1 z2. Where x1 is x2, the z of the answer is 0 by the modulus, and no later step changes
// that.
template <class Lanes>
JacobianPoints<Lanes> sum_over(const Numbers<Lanes>& z, const AffinePoints<Lanes>& a,
                               const AffinePoints<Lanes>& b) {
  const auto h = carried(minus<2>(b.x, a.x));
  const auto r = carried(minus<2>(b.y, a.y));
  const auto h_squared = square<Field>(h);
  const auto h_cubed = product<Field>(h, h_squared);
  const auto v = product<Field>(a.x, h_squared);
  const auto x = reduced(minus<6>(square<Field>(r), plus(h_cubed, doubled<1>(v))));
  const auto y =
      reduced(minus<2>(product<Field>(r, reduced(minus<2>(v, x))), product<Field>(a.y, h_cubed)));
  return {x, y, product<Field>(z, h)};
}

}  // namespace detail

// a + b of points that are neither the same nor opposite. Where they are, the z of the answer is 0
// by the modulus, and stays so whatever is added or doubled later.
template <class Lanes>
JacobianPoints<Lanes> sum(const JacobianPoints<Lanes>& a, const AffinePoints<Lanes>& b) {
  const auto z_squared = square<Field>(a.z);
  return detail::sum_over(
      a.z, {a.x, a.y},
      {product<Field>(b.x, z_squared), product<Field>(b.y, product<Field>(a.z, z_squared))});
}

template <class Lanes>
JacobianPoints<Lanes> sum(const JacobianPoints<Lanes>& a, const JacobianPoints<Lanes>& b) {
  const auto a_squared = square<Field>(a.z);
  const auto b_squared = square<Field>(b.z);
  return detail::sum_over(
      product<Field>(a.z, b.z),
      {product<Field>(a.x, b_squared), product<Field>(a.y, product<Field>(b.z, b_squared))},
      {product<Field>(b.x, a_squared), product<Field>(b.y, product<Field>(a.z, a_squared))});
}

}  // namespace everseal::crypto::p256
