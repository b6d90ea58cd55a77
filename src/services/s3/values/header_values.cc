#include "services/s3/values/header_values.h"

namespace everseal::s3 {

std::optional<std::string> value_in(const HeaderMap& headers, const std::string& name) {
  const auto found = headers.find(name);
  if (found == headers.end()) return std::nullopt;
  return found->second;
}

}  // namespace everseal::s3
