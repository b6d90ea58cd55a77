#include "services/events/pattern/ip_range.h"

#include <arpa/inet.h>

#include <charconv>
#include <optional>

namespace everseal::events {
namespace {

constexpr std::size_t kLongestAddress = 45;

struct Address {
  int family;
  std::array<std::uint8_t, 16> octets{};
};

std::optional<Address> address_of(std::string_view text) {
  if (text.size() > kLongestAddress || text.find('\0') != std::string_view::npos)
    return std::nullopt;
  const std::string terminated(text);
  for (const int family : {AF_INET, AF_INET6}) {
    Address address{.family = family};
    if (inet_pton(family, terminated.c_str(), address.octets.data()) == 1) return address;
  }
  return std::nullopt;
}

}  // namespace

Result<IpRange, std::string> IpRange::parse(std::string_view cidr) {
  const auto slash = cidr.find('/');
  if (slash == std::string_view::npos || cidr.find('/', slash + 1) != std::string_view::npos)
    return std::string("Malformed CIDR, one '/' required");
  const auto address = address_of(cidr.substr(0, slash));
  if (!address) return "Nonstandard IP address: " + std::string(cidr.substr(0, slash));
  const auto mask = cidr.substr(slash + 1);
  IpRange range;
  const auto [end, error] = std::from_chars(mask.data(), mask.data() + mask.size(), range.bits_);
  if (error != std::errc{} || end != mask.data() + mask.size())
    return std::string("Malformed CIDR, mask bits must be an integer");
  const unsigned most = address->family == AF_INET ? 32 : 128;
  if (range.bits_ > most)
    return std::string("IPv") + (most == 32 ? "4" : "6") +
           " mask bits must be <= " + std::to_string(most);
  range.family_ = address->family;
  range.octets_ = address->octets;
  return range;
}

bool IpRange::contains(std::string_view text) const {
  const auto address = address_of(text);
  if (!address || address->family != family_) return false;
  for (unsigned bit = 0, octet = 0; bit < bits_; bit += 8, ++octet) {
    const unsigned counted = bits_ - bit < 8 ? bits_ - bit : 8;
    const unsigned differing = static_cast<unsigned>(address->octets[octet] ^ octets_[octet]);
    if (differing >> (8 - counted) != 0) return false;
  }
  return true;
}

}  // namespace everseal::events
