#pragma once

#include <string_view>

namespace everseal::aws {

// Whether it may name a region: 1 to 64 lower-case letters, digits and hyphens. Regions become
// parts of ARNs; which ones there are is nobody's business here.
bool is_region(std::string_view text);

}  // namespace everseal::aws
