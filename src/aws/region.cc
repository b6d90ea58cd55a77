#include "aws/region.h"

#include <algorithm>
#include <cstddef>

namespace everseal::aws {

bool is_region(std::string_view text) {
  constexpr std::size_t longest = 64;
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
  });
}

}  // namespace everseal::aws
