#include "http/header_name.h"

#include <algorithm>
#include <array>

#include "http/message.h"

namespace everseal::http {
namespace {

constexpr std::array<std::string_view, 10> kOfTheConnection{
    "Connection", "Content-Length",    "Expect", "Host", "Keep-Alive", "TE", "Trailer",
    "Upgrade",    "Transfer-Encoding", "Via"};

bool is_of_a_token(char letter) {
  const bool is_alphanumeric = (letter >= 'a' && letter <= 'z') ||
                               (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
  return is_alphanumeric ||
         std::string_view("!#$%&'*+-.^_`|~").find(letter) != std::string_view::npos;
}

}  // namespace

bool is_header_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_of_a_token);
}

bool is_of_the_connection(std::string_view header) {
  return std::ranges::any_of(kOfTheConnection,
                             [&](std::string_view name) { return same_name(name, header); });
}

}  // namespace everseal::http
