#pragma once

#include <string_view>

namespace everseal::elbv2 {

// Of 1 to 40 letters, digits and what else stands in names of headers (RFC 9110, 5.6.2).
bool is_header_name(std::string_view text);
// To a header that targets are sent: not of one that says how the request is sent.
bool is_name_to_give(std::string_view text);

}  // namespace everseal::elbv2
