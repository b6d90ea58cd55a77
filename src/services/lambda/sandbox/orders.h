#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.h"

namespace everseal::lambda::sandbox {

// What one process may take, and all its descendants each.
struct Limits {
  std::int64_t memory_bytes = 128LL << 20;     // of all processes together; watched from outside
  std::int64_t temporary_bytes = 512LL << 20;  // of /tmp, of all files together
  std::int64_t processes = 64;                 // threads count as well
  std::int64_t open_files = 1024;
  std::int64_t cpus = 1;  // that all processes together run on at once
};

// What the first process within a sandbox is told over its control socket. Not on its command line,
// where every user of this machine would read the credentials in the environment.
struct Orders {
  std::vector<std::string> command;      // the program and its arguments
  std::vector<std::string> environment;  // "NAME=value"
  std::string folder = "/";              // to begin in
  std::vector<std::uint16_t> ports;      // of 127.0.0.1 there, on which the world outside listens
  Limits limits;
  bool watched = false;  // somebody wants to know what it is refused
  bool network = false;  // it has this machine's

  // No text may hold a NUL.
  std::string text() const;
  static Result<Orders> parse(std::string_view text);
};

}  // namespace everseal::lambda::sandbox
