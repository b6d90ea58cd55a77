#pragma once

#include <string>
#include <string_view>

#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::encoding {

// RFC 4648, section 4: padded, one line.
std::string to_base64(ByteView bytes);

// Strict: the alphabet of section 4, padding present, unused bits zero. Malformed otherwise.
Result<Bytes> from_base64(std::string_view text);

}  // namespace everseal::encoding
