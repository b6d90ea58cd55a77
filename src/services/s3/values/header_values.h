#pragma once

#include <map>
#include <optional>
#include <string>

namespace everseal::s3 {

// Headers or parameters and what they say, names in lower case, without the prefix that a field
// took off.
using HeaderMap = std::map<std::string, std::string>;

// Nothing if it is not there.
std::optional<std::string> value_in(const HeaderMap& headers, const std::string& name);

}  // namespace everseal::s3
