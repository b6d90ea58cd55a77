#pragma once

#include <string_view>

namespace everseal::http {

// A token of RFC 9110, 5.6.2.
bool is_header_name(std::string_view text);

// A header that says how the message is sent, and so is nobody's to choose: Host, Content-Length,
// Connection, ...
bool is_of_the_connection(std::string_view header);

}  // namespace everseal::http
