#include <CLI/CLI.hpp>

#include "command.h"

namespace everseal::app {

void add_gateway(CLI::App& program, Run& run) {
  auto* command = program.add_subcommand("gateway", "Look after the load balancers of a server");
  command->require_subcommand(1);
  add_gateway_stop(*command, run);
  add_gateway_tail(*command, run);
}

}  // namespace everseal::app
