#include "services/elbv2/addresses.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <charconv>
#include <optional>
#include <string>

#include "http/address_rule.h"

namespace everseal::elbv2 {
namespace {

constexpr int ipv4_bits = 32, ipv6_bits = 128;

std::optional<int> prefix_length(std::string_view text) {
  int bits = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
  if (error != std::errc() || end != text.data() + text.size() || bits < 0) return std::nullopt;
  return bits;
}

// What inet_pton is asked about: it reads up to a NUL and no further.
bool may_be_address(std::string_view text) {
  constexpr std::size_t longest = 45;
  constexpr std::string_view letters = "0123456789abcdefABCDEF.:";
  return text.size() <= longest && text.find_first_not_of(letters) == std::string_view::npos;
}

template <class Test>
bool is_address_that(std::string_view text, const Test& test) {
  if (!may_be_address(text)) return false;
  const std::string address(text);
  sockaddr_in four{};
  four.sin_family = AF_INET;
  if (inet_pton(AF_INET, address.c_str(), &four.sin_addr) == 1)
    return test(reinterpret_cast<const sockaddr&>(four));
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  return inet_pton(AF_INET6, address.c_str(), &six.sin6_addr) == 1 &&
         test(reinterpret_cast<const sockaddr&>(six));
}

}  // namespace

bool is_ipv4(std::string_view text) {
  in_addr address{};
  return may_be_address(text) && inet_pton(AF_INET, std::string(text).c_str(), &address) == 1;
}

bool is_ipv6(std::string_view text) {
  in6_addr address{};
  return may_be_address(text) && inet_pton(AF_INET6, std::string(text).c_str(), &address) == 1;
}

bool can_be_server(std::string_view text) {
  return is_address_that(text,
                         [](const sockaddr& address) { return !http::is_no_server(address); });
}

bool is_loopback(std::string_view text) { return is_address_that(text, http::is_loopback); }

bool is_address_range(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const auto bits = prefix_length(text.substr(slash + 1));
  if (!bits) return false;
  const auto address = text.substr(0, slash);
  return (is_ipv4(address) && *bits <= ipv4_bits) || (is_ipv6(address) && *bits <= ipv6_bits);
}

}  // namespace everseal::elbv2
