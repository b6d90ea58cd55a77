#include <gtest/gtest.h>

#include <string_view>

#include "services/lambda/sandbox/first_process.h"

// The test program is the first process of its sandboxes, as the server is of its own.
int main(int argc, char** argv) {
  namespace sandbox = everseal::lambda::sandbox;
  if (argc > 1 && std::string_view(argv[1]) == sandbox::first_process_argument) {
    return sandbox::run_first_process(argc - 2, argv + 2);
  }
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
