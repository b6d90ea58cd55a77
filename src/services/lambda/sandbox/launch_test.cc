#include "services/lambda/sandbox/launch.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <string>
#include <vector>

#include "result/testing/need.h"
#include "temporary_folder/temporary_folder.h"

namespace everseal::lambda::sandbox {
namespace {

Descriptor some_file() { return Descriptor(open("/dev/null", O_RDWR | O_CLOEXEC)); }

int exit_code_of(pid_t process) {
  int status = 0;
  if (waitpid(process, &status, 0) != process) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Other threads close files while a program begins, so that any numbers may be free by then.
TEST(ALaunch, shows_its_folders_whatever_numbers_of_files_are_free) {
  if (!runs_as_root()) GTEST_SKIP() << "only for root there is a stage";
  const TemporaryFolder folder;
  const std::vector<Shown> shown(3, {.from = folder.path(), .at = "/shown"});
  for (std::size_t free = 0; free < 6; ++free) {
    std::vector<Descriptor> lower;
    for (int file = 0; file < 16; ++file) lower.push_back(some_file());
    const Descriptor control = some_file();
    const Descriptor output = some_file();
    lower.resize(lower.size() - free);
    const auto process =
        need(launch({.command = {"/bin/sh", "-c", "test -d " + stage_path(2) + " && exit 3"},
                     .control = control.number(),
                     .output = output.number()},
                    shown));
    EXPECT_EQ(exit_code_of(process), 3) << free << " numbers were free";
  }
}

}  // namespace
}  // namespace everseal::lambda::sandbox
