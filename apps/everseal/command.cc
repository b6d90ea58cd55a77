#include "command.h"

#include <cstddef>

namespace everseal::app {

std::string is_account_id(const std::string& text) {
  constexpr std::size_t digits = 12;
  const bool is_one =
      text.size() == digits && text.find_first_not_of("0123456789") == std::string::npos;
  return is_one ? std::string() : "'" + text + "' is not twelve digits";
}

}  // namespace everseal::app
