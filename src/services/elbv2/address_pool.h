#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "random/random.h"
#include "result/result.h"

namespace everseal::elbv2 {

// The addresses that load balancers listen at, each at one of its own.
class AddressPool {
 public:
  // "127.66.0.0/16", "192.0.2.10, 2001:db8::10": addresses, and ranges of IPv4 from /8 on without
  // the first and the last address. Malformed: another text.
  static Result<AddressPool> parse(std::string_view text);

  // Any that is not taken. Nothing: all are.
  std::optional<std::string> choose(const std::set<std::string>& taken, Random& random) const;

 private:
  struct Range {
    std::uint32_t first;
    std::uint32_t count;
  };
  std::uint64_t size() const;
  std::string at(std::uint64_t position) const;
  Outcome add(std::string_view part);
  Outcome add_range(const std::string& first, std::string_view bits);

  std::vector<Range> ranges_;
  std::vector<std::string> single_;
};

}  // namespace everseal::elbv2
