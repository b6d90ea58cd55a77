#pragma once

#include <functional>
#include <string>

#include "result/result.h"

namespace CLI {
class App;
}

namespace everseal::app {

// What the chosen subcommand does. The cause of a Fault is a sentence for the person at the
// terminal; it becomes one line on standard error, and the exit code is 1.
using Run = std::function<Outcome()>;

// Each adds its subcommand to the program's and sets `run` when it is the one chosen.
void add_init(CLI::App& program, Run& run);
void add_serve(CLI::App& program, Run& run);
void add_env(CLI::App& program, Run& run);
void add_clock(CLI::App& program, Run& run);
void add_log(CLI::App& program, Run& run);
void add_check(CLI::App& program, Run& run);
void add_revoke(CLI::App& program, Run& run);
void add_gateway(CLI::App& program, Run& run);
void add_gateway_stop(CLI::App& gateway, Run& run);
void add_gateway_tail(CLI::App& gateway, Run& run);

// Of an option: empty, or what is wrong with the text.
std::string is_account_id(const std::string& text);

}  // namespace everseal::app
