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

// How `launch` ends that shows folders to a program which looks for the last of them, and then ends
// with 3. So many numbers of files below its own are free.
int ending_with_free_numbers(const std::vector<Shown>& shown, std::size_t free) {
  std::vector<Descriptor> lower;
  for (int file = 0; file < 16; ++file) lower.push_back(some_file());
  const Descriptor control = some_file();
  const Descriptor output = some_file();
  lower.resize(lower.size() - free);
  return exit_code_of(need(launch(
      {.command = {"/bin/sh", "-c", "test -d " + stage_path(shown.size() - 1) + " && exit 3"},
       .control = control.number(),
       .output = output.number()},
      shown)));
}

// Other threads close files while a program begins, so that any numbers may be free by then. Only
// root can set a stage: for others the program does not begin without it.
TEST(ALaunch, shows_its_folders_whatever_numbers_of_files_are_free_or_does_not_begin) {
  const TemporaryFolder folder;
  const std::vector<Shown> shown(3, {.from = folder.path(), .at = "/shown"});
  const int expected = runs_as_root() ? 3 : 126;
  for (std::size_t free = 0; free < 6; ++free) {
    EXPECT_EQ(ending_with_free_numbers(shown, free), expected) << free << " numbers were free";
  }
}

}  // namespace
}  // namespace everseal::lambda::sandbox
