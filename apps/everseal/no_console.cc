#include "console/files.h"

// Of a build without: see cmake/console.cmake.
namespace everseal::console {

Files embedded() { return {}; }

}  // namespace everseal::console
