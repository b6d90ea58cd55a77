#include "issuance/lint/uri.h"

#include <algorithm>

namespace everseal::issuance::lint {
namespace {

bool is_letter(char octet) {
  return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
}

bool is_scheme_octet(char octet) {
  return is_letter(octet) || (octet >= '0' && octet <= '9') || octet == '+' || octet == '-' ||
         octet == '.';
}

}  // namespace

bool is_absolute_uri(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return false;
  if (!is_letter(text.front())) return false;
  return std::ranges::all_of(text.substr(0, colon), is_scheme_octet) &&
         std::ranges::all_of(text, [](char octet) { return octet > ' ' && octet < '\x7f'; });
}

}  // namespace everseal::issuance::lint
