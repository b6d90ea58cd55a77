#include "server_names.h"

#include <arpa/inet.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace everseal::app {
namespace {

constexpr std::size_t kLongestName = 253;
constexpr std::size_t kLongestLabel = 63;

// Written as everybody writes it: "2001:DB8::0:1" is "2001:db8::1".
std::optional<std::string> read_address(std::string_view text) {
  for (const int family : {AF_INET, AF_INET6}) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    std::array<char, INET6_ADDRSTRLEN> printed{};
    if (inet_pton(family, std::string(text).c_str(), address.data()) != 1) continue;
    return inet_ntop(family, address.data(), printed.data(), printed.size());
  }
  return std::nullopt;
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_letter_digit_hyphen(char letter) {
  return is_digit(letter) || letter == '-' || (letter >= 'a' && letter <= 'z');
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kLongestLabel && label.front() != '-' &&
         label.back() != '-' && std::ranges::all_of(label, is_letter_digit_hyphen);
}

// Labels of letters, digits and hyphens; one of digits alone at the end would be read as an
// address.
bool is_dns_name(std::string_view name) {
  if (name.size() > kLongestName) return false;
  while (true) {
    const auto dot = name.find('.');
    const auto label = name.substr(0, dot);
    if (!is_label(label)) return false;
    if (dot == std::string_view::npos) return !std::ranges::all_of(label, is_digit);
    name.remove_prefix(dot + 1);
  }
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return lower;
}

void add_once(std::vector<std::string>& list, std::string name) {
  if (std::ranges::find(list, name) == list.end()) list.push_back(std::move(name));
}

bool is_unspecified(const http::Listen& listen) {
  return listen.address == "0.0.0.0" || listen.address == "::";
}

}  // namespace

ServerNames local_names() {
  return {
      .common_name = "localhost", .dns_names = {"localhost"}, .ip_addresses = {"127.0.0.1", "::1"}};
}

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return {};
  return name.data();
}

Outcome add_name(ServerNames& names, std::string_view name) {
  if (auto address = read_address(name)) {
    add_once(names.ip_addresses, *std::move(address));
    return {};
  }
  auto lower = lower_case(name);
  if (!is_dns_name(lower)) {
    return Fault::malformed("'" + std::string(name) +
                            "' is neither an address nor a name that a certificate can have");
  }
  add_once(names.dns_names, std::move(lower));
  return {};
}

std::string name_of(const http::Listen& listen) {
  return listen.is_loopback() || is_unspecified(listen) ? std::string() : listen.address;
}

std::string url_host(const http::Listen& listen) {
  if (is_unspecified(listen)) return "localhost";
  return listen.address.find(':') == std::string::npos ? listen.address
                                                       : "[" + listen.address + "]";
}

}  // namespace everseal::app
