#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace everseal::lambda {

struct Settings {
  std::string bubblewrap = "/usr/bin/bwrap";
  std::string python = "/usr/bin/python3";
  std::string node = "/usr/bin/node";
  bool network = false;          // functions have the network of this machine
  std::int64_t concurrent = 10;  // invocations at once, of all functions
  std::chrono::milliseconds idle = std::chrono::minutes{5};
  // The program that main() makes the first process of sandboxes.
  std::filesystem::path first_process = "/proc/self/exe";
  std::filesystem::path folder;                 // for what is unpacked; emptied at the start
  std::vector<std::filesystem::path> hidden{};  // folders that no function may see
};

}  // namespace everseal::lambda
