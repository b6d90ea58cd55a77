#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "command.h"
#include "gateway/haproxy/master.h"
#include "gateway_of_elbv2.h"

namespace everseal::app {
namespace {

struct Wishes {
  std::string data;
  std::string config;
};

Outcome stop(const Wishes& wishes) {
  auto configuration = wishes.config.empty() ? Result<Configuration>(Configuration{})
                                             : read_configuration(wishes.config);
  if (!configuration) return configuration.error();
  return gateway::haproxy::end_left_behind(gateway_settings(*configuration, wishes.data));
}

}  // namespace

void add_gateway_stop(CLI::App& gateway, Run& run) {
  auto* command = gateway.add_subcommand(
      "stop",
      "End the HAProxy that a server left behind: it goes on with the load balancers while the\n"
      "server is stopped or restarted. Refused while the server runs.");
  auto wishes = std::make_shared<Wishes>();
  command->add_option("--data", wishes->data, "The data directory of the server")->required();
  command->add_option("--config", wishes->config, "Its TOML file, if it has one");
  command->callback([&run, wishes] { run = [wishes] { return stop(*wishes); }; });
}

}  // namespace everseal::app
