#pragma once

#include <string_view>

namespace everseal::elbv2 {

bool is_ipv4(std::string_view text);  // "192.0.2.1"
bool is_ipv6(std::string_view text);  // "2001:db8::1"
// "192.0.2.0/24", "2001:db8::/32".
bool is_address_range(std::string_view text);

}  // namespace everseal::elbv2
