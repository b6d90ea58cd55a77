#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdint>
#include <functional>

#include "encoding/bytes.h"

// What property tests of parsers do.
namespace everseal::x509::testing {

inline constexpr int kMutations = 100;  // of each example: making one costs more than parsing it

inline void check(const std::function<void()>& property) { ASSERT_TRUE(rc::check(property)); }

// One to three changes of one octet each.
inline Bytes mutated(Bytes octets) {
  for (int left = *rc::gen::inRange(1, 4); left > 0 && !octets.empty(); --left) {
    const auto place = octets.begin() + static_cast<std::ptrdiff_t>(
                                            *rc::gen::inRange<std::size_t>(0, octets.size()));
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        *place = *rc::gen::arbitrary<std::uint8_t>();
        break;
      case 1:
        octets.erase(place);
        break;
      default:
        octets.insert(place, *rc::gen::arbitrary<std::uint8_t>());
    }
  }
  return octets;
}

}  // namespace everseal::x509::testing
