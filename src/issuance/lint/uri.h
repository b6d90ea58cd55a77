#pragma once

#include <string_view>

namespace everseal::issuance::lint {

// Scheme, colon and a scheme-specific part of printable ASCII without blanks (RFC 3986, 3).
bool is_absolute_uri(std::string_view text);

}  // namespace everseal::issuance::lint
