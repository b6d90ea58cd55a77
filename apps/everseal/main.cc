#include <malloc.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string_view>

#include "command.h"
#include "services/lambda/sandbox/first_process.h"

namespace {

// Private keys live in this process's memory: no core dump, and no other process of the same user
// may look into it.
void keep_memory_private() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
}

// What was freed is soon wanted again: giving pages back at once costs a system call and page
// faults with every few requests.
void keep_freed_memory() { mallopt(M_TRIM_THRESHOLD, 64 << 20); }

// A secret given on the command line is copied by now: other users must not read it there.
void wipe_secret_arguments(int argc, char** argv) {
  constexpr std::string_view option = "--secret-access-key";
  for (int at = 1; at < argc; ++at) {
    const std::string_view argument = argv[at];
    if (argument.starts_with(option) && argument.size() > option.size()) {
      explicit_bzero(argv[at] + option.size(), argument.size() - option.size());
    } else if (argument == option && at + 1 < argc) {
      explicit_bzero(argv[at + 1], std::strlen(argv[at + 1]));
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  using namespace everseal::app;
  namespace sandbox = everseal::lambda::sandbox;
  if (argc > 1 && std::string_view(argv[1]) == sandbox::first_process_argument) {
    return sandbox::run_first_process(argc - 2, argv + 2);
  }
  keep_memory_private();
  keep_freed_memory();
  CLI::App program{
      "Everseal: a private certificate authority that renews, delivers and revokes by itself,\n"
      "and speaks the AWS APIs."};
  program.name("everseal");
  program.require_subcommand(1);
  program.failure_message([](const CLI::App* app, const CLI::Error& error) {
    const auto name = app->get_name() == "everseal" ? "" : " " + app->get_name();
    return "everseal: " + std::string(error.what()) + "\nTry 'everseal" + name + " --help'.\n";
  });

  Run run;
  add_init(program, run);
  add_serve(program, run);
  add_env(program, run);
  add_clock(program, run);
  add_log(program, run);
  add_check(program, run);
  add_revoke(program, run);
  add_gateway(program, run);
  program.add_subcommand("version", "The version of this program")->callback([&] {
    run = [] {
      std::cout << "everseal " << EVERSEAL_VERSION << '\n';
      return everseal::Outcome{};
    };
  });
  CLI11_PARSE(program, argc, argv);
  wipe_secret_arguments(argc, argv);

  const auto done = run();
  if (done) return EXIT_SUCCESS;
  std::cerr << "everseal: " << done.error().cause << '\n';
  return EXIT_FAILURE;
}
