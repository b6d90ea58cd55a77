#include "services/elbv2/header_name.h"

#include <algorithm>

namespace everseal::elbv2 {

bool is_header_name(std::string_view text) {
  constexpr std::size_t longest = 40;
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, [&](char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
           (letter >= 'A' && letter <= 'Z') || others.find(letter) != std::string_view::npos;
  });
}

}  // namespace everseal::elbv2
