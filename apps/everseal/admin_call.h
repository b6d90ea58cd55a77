#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "result/result.h"

namespace CLI {
class App;
}

namespace everseal::app {

// A server that runs, as AWS clients are told of it; what is empty says the environment.
struct AdminServer {
  std::string endpoint;
  std::string region;
};

// --endpoint-url and --region, into `server`, which outlives the command.
void add_server_options(CLI::App& command, AdminServer& server);

// Does an operation of Everseal's own, with the credentials of the environment; answers its JSON.
// Conflict: the server refused, in its words.
Result<std::string> admin_call(const AdminServer& server, std::string_view operation,
                               const std::string& body, std::chrono::milliseconds patience);

}  // namespace everseal::app
