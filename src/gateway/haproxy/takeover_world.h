#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "gateway/haproxy/master.h"
#include "gateway/haproxy/test_clients.h"

// For the tests of this folder: gateways that leave their HAProxy behind.
namespace everseal::gateway::haproxy {

// All processes that were begun with that path somewhere in their words.
inline std::vector<pid_t> processes_on(const std::filesystem::path& folder) {
  std::vector<pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const auto name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const std::ifstream file(entry.path() / "cmdline");
    std::ostringstream text;
    text << file.rdbuf();  // no exception when it is gone by now
    const std::string words = text.str();
    if (words.find(folder.string() + "/") != std::string::npos) found.push_back(std::stoi(name));
  }
  return found;
}

inline std::size_t count_of(const std::filesystem::path& folder) {
  const std::filesystem::recursive_directory_iterator all(folder);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

struct LeavingGateway : VerifyingGateway {
  LeavingGateway() { settings.at_end = AtEnd::LeaveHaproxy; }
  ~LeavingGateway() {
    gateway.reset();
    EXPECT_TRUE(end_left_behind(settings));
    EXPECT_TRUE(wait_until([&] { return processes_on(settings.folder).empty(); }));
  }
  LeavingGateway(const LeavingGateway&) = delete;
  LeavingGateway& operator=(const LeavingGateway&) = delete;

  // The program is started again, with that revoked.
  HaproxyGateway& start_again(const std::vector<Revoked>& revoked = {}) {
    open_again();
    need(gateway->set_certificate("certificate", identity));
    need(gateway->set_revoked("store", revoked));
    need(gateway->apply(state));
    return *gateway;
  }
  Process master() {
    auto found = find_master(settings);
    if (!found) throw std::runtime_error("no master");
    return *std::move(found);
  }
  void change_something() {
    auto& timeout = state.load_balancers.front().idle_timeout;
    timeout += std::chrono::seconds(1);
  }
};

}  // namespace everseal::gateway::haproxy
