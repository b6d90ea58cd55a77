#include "services/lambda/sandbox/processes.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <string_view>
#include <system_error>

namespace everseal::lambda::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_processes = 4096;

std::string folder_of(pid_t process) { return "/proc/" + std::to_string(process); }

void add_children(pid_t process, std::vector<pid_t>& into) {
  std::error_code error;
  for (fs::directory_iterator thread(folder_of(process) + "/task", error), end;
       !error && thread != end; thread.increment(error)) {
    std::ifstream children(thread->path() / "children");
    for (pid_t child = 0; children >> child && into.size() < most_processes;) into.push_back(child);
  }
}

// The sum of lines such as "RssAnon:	    1234 kB".
std::int64_t sum_of(const std::vector<pid_t>& processes,
                    std::initializer_list<std::string_view> names) {
  std::int64_t sum = 0;
  for (const auto process : processes) {
    std::ifstream status(folder_of(process) + "/status");
    for (std::string line; std::getline(status, line);) {
      for (const auto name : names) {
        if (line.starts_with(name)) sum += std::strtoll(line.c_str() + name.size(), nullptr, 10);
      }
    }
  }
  return sum;
}

}  // namespace

std::vector<pid_t> children_of(pid_t process) {
  std::vector<pid_t> found;
  add_children(process, found);
  return found;
}

std::vector<pid_t> descendants_of(pid_t process) {
  auto found = children_of(process);
  for (std::size_t at = 0; at < found.size(); ++at) add_children(found[at], found);
  return found;
}

std::int64_t memory_bytes_of(const std::vector<pid_t>& processes) {
  constexpr std::int64_t kilobyte = 1024;
  return sum_of(processes, {"RssAnon:", "RssShmem:"}) * kilobyte;
}

std::int64_t threads_of(const std::vector<pid_t>& processes) {
  return sum_of(processes, {"Threads:"});
}

}  // namespace everseal::lambda::sandbox
