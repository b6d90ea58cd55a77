#pragma once

#include <string_view>

namespace everseal::lambda::runtime {

// The programs that speak the Runtime API for functions in Python and for Node: the texts in
// programs/.
extern const std::string_view python_program;
extern const std::string_view node_program;

}  // namespace everseal::lambda::runtime
