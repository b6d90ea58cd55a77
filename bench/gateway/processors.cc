#include "processors.h"

#include <filesystem>
#include <fstream>
#include <string>

namespace everseal::bench {

double processor_time(pid_t process) {
  double all = 0;
  const auto tasks = "/proc/" + std::to_string(process) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks)) {
    double nanoseconds = 0;
    if (std::ifstream(task.path() / "schedstat") >> nanoseconds) all += nanoseconds / 1000;
  }
  return all;
}

}  // namespace everseal::bench
