#pragma once

#include <string>
#include <string_view>

#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::encoding {

// Two lower-case digits an octet: "0a1b".
std::string to_hex(ByteView bytes);

// The same with a separator between octets: "0a:1b".
std::string to_hex(ByteView bytes, char separator);

// Either case, no separators. Malformed: an odd number of digits, any other character.
Result<Bytes> from_hex(std::string_view text);

// The value of one digit, or -1.
int hex_value(char digit);

}  // namespace everseal::encoding
