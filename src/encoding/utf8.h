#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace everseal::encoding {

// How many code points the text has; nothing if it is not UTF-8 (RFC 3629: overlong forms,
// surrogates and values above U+10FFFF are not).
std::optional<std::size_t> utf8_length(std::string_view text);

}  // namespace everseal::encoding
