#pragma once

#include <string>
#include <string_view>

#include "result/result.h"

namespace everseal::encoding {

// RFC 3986: what is not unreserved (A-Z a-z 0-9 - . _ ~) becomes %XX, upper case.
std::string percent_encode(std::string_view text);

// The same, but a slash stays: for paths.
std::string percent_encode_path(std::string_view path);

// %XX in either case becomes its octet. Malformed: a % that two digits do not follow.
Result<std::string> percent_decode(std::string_view text);

// application/x-www-form-urlencoded: as above, and + is a space.
Result<std::string> form_decode(std::string_view text);

}  // namespace everseal::encoding
