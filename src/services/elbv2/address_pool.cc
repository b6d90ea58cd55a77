#include "services/elbv2/address_pool.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>

#include "services/elbv2/addresses.h"

namespace everseal::elbv2 {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

Fault no_pool(std::string_view part) {
  return Fault::malformed("'" + std::string(part) +
                          "' is no address, nor a range of IPv4 from /8 to /30");
}

std::string ipv4_text(std::uint32_t number) {
  std::array<char, INET_ADDRSTRLEN> text{};
  const in_addr address{htonl(number)};
  inet_ntop(AF_INET, &address, text.data(), text.size());
  return text.data();
}

std::uint64_t random_number(Random& random) {
  std::uint64_t number = 0;
  for (const std::uint8_t octet : random.bytes(sizeof number)) number = number << 8 | octet;
  return number;
}

}  // namespace

Result<AddressPool> AddressPool::parse(std::string_view text) {
  AddressPool pool;
  for (std::size_t at = 0; at <= text.size();) {
    const auto comma = std::min(text.find(',', at), text.size());
    if (const auto added = pool.add(trimmed(text.substr(at, comma - at))); !added)
      return added.error();
    at = comma + 1;
  }
  return pool;
}

Outcome AddressPool::add(std::string_view part) {
  const auto slash = part.find('/');
  if (slash != std::string_view::npos)
    return add_range(std::string(part.substr(0, slash)), part.substr(slash + 1));
  if (!is_ipv4(part) && !is_ipv6(part)) return no_pool(part);
  single_.emplace_back(part);
  return {};
}

Outcome AddressPool::add_range(const std::string& first, std::string_view bits) {
  constexpr unsigned widest = 8, narrowest = 30;
  unsigned length = 0;
  const auto [end, error] = std::from_chars(bits.data(), bits.data() + bits.size(), length);
  in_addr address{};
  if (error != std::errc() || end != bits.data() + bits.size() || length < widest ||
      length > narrowest || inet_pton(AF_INET, first.c_str(), &address) != 1) {
    return no_pool(first + "/" + std::string(bits));
  }
  const std::uint32_t all = std::uint32_t{1} << (32 - length);
  const std::uint32_t network = ntohl(address.s_addr) & ~(all - 1);
  ranges_.push_back({network + 1, all - 2});
  return {};
}

std::uint64_t AddressPool::size() const {
  std::uint64_t all = single_.size();
  for (const Range& range : ranges_) all += range.count;
  return all;
}

std::string AddressPool::at(std::uint64_t position) const {
  for (const Range& range : ranges_) {
    if (position < range.count)
      return ipv4_text(range.first + static_cast<std::uint32_t>(position));
    position -= range.count;
  }
  return single_[position];
}

// From anywhere on, so that two servers with the same pool hardly ever choose the same.
std::optional<std::string> AddressPool::choose(const std::set<std::string>& taken,
                                               Random& random) const {
  const std::uint64_t all = size();
  const std::uint64_t start = random_number(random);
  for (std::uint64_t step = 0; step < all; ++step) {
    auto address = at((start % all + step) % all);
    if (!taken.contains(address)) return address;
  }
  return std::nullopt;
}

}  // namespace everseal::elbv2
