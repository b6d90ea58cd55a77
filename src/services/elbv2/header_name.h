#pragma once

#include <string_view>

namespace everseal::elbv2 {

// Of 1 to 40 letters, digits and what else stands in names of headers (RFC 9110, 5.6.2).
bool is_header_name(std::string_view text);

}  // namespace everseal::elbv2
