#pragma once

#include <string_view>

namespace everseal::elbv2 {

bool is_ipv4(std::string_view text);  // "192.0.2.1"
bool is_ipv6(std::string_view text);  // "2001:db8::1"
// Whether a server can be there: not the link's own, where clouds keep credentials, nor nobody's or
// many's; see http::is_no_server.
bool can_be_server(std::string_view text);
bool is_loopback(std::string_view text);
// "192.0.2.0/24", "2001:db8::/32".
bool is_address_range(std::string_view text);

}  // namespace everseal::elbv2
