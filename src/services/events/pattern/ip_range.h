#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "result/result.h"

namespace everseal::events {

// {"cidr": "10.0.0.0/24"}: IPv4 or IPv6. What the mask hides of the address does not count.
class IpRange {
 public:
  // The error is AWS's sentence.
  static Result<IpRange, std::string> parse(std::string_view cidr);

  // Whether the text is an address of this range, and of its family.
  bool contains(std::string_view text) const;

 private:
  int family_ = 0;
  unsigned bits_ = 0;
  std::array<std::uint8_t, 16> octets_{};  // of IPv4 the first four
};

}  // namespace everseal::events
