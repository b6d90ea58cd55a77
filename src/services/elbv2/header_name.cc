#include "services/elbv2/header_name.h"

#include "http/header_name.h"

namespace everseal::elbv2 {

bool is_header_name(std::string_view text) {
  constexpr std::size_t longest = 40;
  return text.size() <= longest && http::is_header_name(text);
}

bool is_name_to_give(std::string_view text) {
  return is_header_name(text) && !http::is_of_the_connection(text);
}

}  // namespace everseal::elbv2
