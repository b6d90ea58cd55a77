#include "gateway/haproxy/text.h"

#include <arpa/inet.h>

#include <algorithm>

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

}  // namespace everseal::gateway::haproxy
