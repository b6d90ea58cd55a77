#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace everseal::console {

// A file of the console as it lies in the program.
struct File {
  std::string_view path;  // "/console/" is the page itself; "/console/assets/index-Dx3f.js"
  std::string_view content_type;
  std::string_view etag;  // W/"4f2a...": weak, for it names the file both plain and compressed
  std::string_view gzip;
  std::size_t size;  // octets, not compressed
  bool immutable;    // another content would have another path
};

// Empty: this build has no console.
using Files = std::span<const File>;

// What the build put in: see cmake/console.cmake.
Files embedded();

}  // namespace everseal::console
