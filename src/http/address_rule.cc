#include "http/address_rule.h"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

namespace everseal::http {
namespace {

using Six = std::array<std::uint8_t, 16>;

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::array<std::uint8_t, 12> kTranslated{0, 0x64, 0xff, 0x9b};
constexpr Six kLoopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
constexpr Six kAmazonMetadata{0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54};
constexpr std::uint32_t kAlibabaMetadata = 0x646464c8;  // 100.100.100.200

std::optional<Six> six_of(const sockaddr& address) {
  if (address.sa_family != AF_INET6) return std::nullopt;
  sockaddr_in6 whole{};
  std::memcpy(&whole, &address, sizeof whole);
  Six octets{};
  std::memcpy(octets.data(), &whole.sin6_addr, octets.size());
  return octets;
}

std::optional<std::uint32_t> four_in(const Six& six) {
  const auto prefix = std::span(six).first<12>();
  if (!std::ranges::equal(prefix, kMapped) && !std::ranges::equal(prefix, kTranslated))
    return std::nullopt;
  std::uint32_t four = 0;
  for (const auto octet : std::span(six).last<4>()) four = four * 256 + octet;
  return four;
}

std::optional<std::uint32_t> four_of(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in whole{};
    std::memcpy(&whole, &address, sizeof whole);
    return ntohl(whole.sin_addr.s_addr);
  }
  const auto six = six_of(address);
  return six ? four_in(*six) : std::nullopt;
}

bool is_no_server(std::uint32_t four) {
  const auto first = four >> 24U;
  return first == 0 || first >= 224 || (four >> 16U) == 0xa9fe || four == kAlibabaMetadata;
}

}  // namespace

bool is_loopback(const sockaddr& address) {
  if (const auto four = four_of(address)) return (*four >> 24U) == 127;
  return six_of(address) == kLoopback;
}

bool is_no_server(const sockaddr& address) {
  if (const auto four = four_of(address)) return is_no_server(*four);
  const auto six = six_of(address);
  if (!six || *six == Six{} || *six == kAmazonMetadata) return true;
  const bool is_multicast = (*six)[0] == 0xff;
  const bool is_link_local = (*six)[0] == 0xfe && ((*six)[1] & 0xc0U) == 0x80;
  return is_multicast || is_link_local;
}

}  // namespace everseal::http
