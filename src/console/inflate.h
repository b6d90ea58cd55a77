#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace everseal::console {

// What was compressed: `size` octets. Ours are embedded, so that it is a bug if it is not gzip.
std::string inflate(std::string_view gzip, std::size_t size);

}  // namespace everseal::console
