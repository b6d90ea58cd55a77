#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gateway/haproxy/process.h"
#include "gateway/haproxy/settings.h"
#include "result/result.h"

// The master process of the HAProxy that runs on a folder: its workers end with it.
namespace everseal::gateway::haproxy {

std::filesystem::path master_socket(const Settings& settings);
// Its number is in there, and stays when it has ended.
std::filesystem::path master_file(const Settings& settings);
std::filesystem::path output_file(const Settings& settings);
// What it is begun with.
std::vector<std::string> master_command(const Settings& settings);

// The one that runs there, whoever began it. Only who has the folder open may ask: no other is
// beginning one.
std::optional<Process> find_master(const Settings& settings);
// Whether it has a worker that serves, or gets one in time.
bool is_serving(const Process& master, const Settings& settings);
// It ends, with its workers; is killed if it does not in time.
void end(Process& master, std::chrono::milliseconds patience);
// The same for all that find_master() does not find, as when somebody emptied the folder.
void end_strays(const Settings& settings);

// Ends what a gateway left behind, and removes the folder. Done, too, if there is nothing.
// Unavailable: a gateway has the folder open, or it is somebody else's.
Outcome end_left_behind(const Settings& settings);

}  // namespace everseal::gateway::haproxy
