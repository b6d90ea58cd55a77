#include "gateway/haproxy/text.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <system_error>

#include "crypto/digest.h"
#include "encoding/hex.h"

namespace everseal::gateway::haproxy {
namespace {

bool is_alphanumeric(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
         (letter >= 'A' && letter <= 'Z');
}

bool is_token(char letter) {
  return is_alphanumeric(letter) ||
         std::string_view("!#$%&'*+-.^_`|~").find(letter) != std::string_view::npos;
}

bool is_address(int family, const std::string& text) {
  // inet_pton reads no further than a NUL.
  constexpr std::string_view usual = "0123456789abcdefABCDEF.:";
  if (text.find_first_not_of(usual) != std::string::npos) return false;
  in6_addr parsed{};  // room for either
  return inet_pton(family, text.c_str(), &parsed) == 1;
}

}  // namespace

std::string name_of(char kind, std::string_view id) {
  const auto digest = crypto::sha256(id);
  return std::string(1, kind) + "_" + encoding::to_hex(ByteView(digest).first(8));
}

std::string as_word(std::string_view word) {
  std::string text = "'";
  for (const char letter : word) {
    if (letter == '\'') {
      text += "'\\''";
    } else {
      text += letter;
    }
  }
  return text + "'";
}

std::string literal(std::string_view text) {
  std::string doubled;
  for (const char letter : text) doubled.append(letter == '%' ? 2 : 1, letter);
  return doubled;
}

std::string expression_of(std::string_view pattern) {
  std::string expression = "^";
  for (const char letter : pattern) {
    if (letter == '*') {
      expression += ".*";
    } else if (letter == '?') {
      expression += '.';
    } else {
      if (!is_alphanumeric(letter)) expression += '\\';
      expression += letter;
    }
  }
  return expression + "$";
}

Outcome check_printable(std::string_view what, std::string_view text, std::size_t most) {
  const bool is_printable =
      std::ranges::all_of(text, [](char letter) { return letter >= ' ' && letter <= '~'; });
  if (!text.empty() && text.size() <= most && is_printable) return {};
  return Fault::malformed(std::string(what) + ": empty, too long, or not printable");
}

Outcome check_header_name(std::string_view name) {
  constexpr std::size_t most = 64;
  if (!name.empty() && name.size() <= most && std::ranges::all_of(name, is_token)) return {};
  return Fault::malformed("not the name of a header");
}

Result<std::string> socket_address(std::string_view address, unsigned port) {
  const std::string text(address);
  if (port == 0) return Fault::malformed("port 0");
  const std::string end = ":" + std::to_string(port);
  if (text == "*" || is_address(AF_INET, text)) return text + end;
  if (is_address(AF_INET6, text)) return "[" + text + "]" + end;
  return Fault::malformed("not an address: " + text.substr(0, 64));
}

Outcome check_range(std::string_view range) {
  const auto slash = std::min(range.find('/'), range.size());
  const std::string address(range.substr(0, slash));
  const unsigned most = is_address(AF_INET, address) ? 32 : is_address(AF_INET6, address) ? 128 : 0;
  if (most != 0 && slash == range.size()) return {};
  const auto digits = range.substr(std::min(slash + 1, range.size()));
  unsigned bits = most + 1;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  const bool is_number = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  if (most != 0 && is_number && bits <= most) return {};
  return Fault::malformed("not a range of addresses");
}

}  // namespace everseal::gateway::haproxy
