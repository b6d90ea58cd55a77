#include "console/files.h"

// Of a build that makes none: see cmake/console.cmake.
namespace everseal::console {

Files embedded() { return {}; }

}  // namespace everseal::console
