#include "gateway_of_elbv2.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

#include "crypto/digest.h"
#include "encoding/hex.h"

namespace everseal::app {
namespace {

// A file system in memory: the keys in the folder are never on a disk.
std::filesystem::path folder_in_memory() {
  if (geteuid() == 0) return "/run";
  const char* of_session = std::getenv("XDG_RUNTIME_DIR");
  return of_session != nullptr && *of_session == '/' ? of_session : "/dev/shm";
}

// The same for the same data, and nobody else's.
std::string folder_name(const std::filesystem::path& data) {
  if (data.empty()) return "everseal-gateway-" + std::to_string(getpid());
  std::error_code none;
  const auto path = std::filesystem::weakly_canonical(data, none).string();
  constexpr std::size_t letters = 12;
  return "everseal-gateway-" + encoding::to_hex(crypto::sha256(path)).substr(0, letters);
}

}  // namespace

gateway::haproxy::Settings gateway_settings(const Configuration& configuration,
                                            const std::filesystem::path& data) {
  const auto& wishes = configuration.load_balancers;
  gateway::haproxy::Settings settings;
  settings.folder = wishes.folder.empty() ? folder_in_memory() / folder_name(data)
                                          : std::filesystem::path(wishes.folder);
  settings.program = wishes.haproxy;
  settings.most_connections = static_cast<std::size_t>(wishes.connections);
  settings.heeds_outdated_lists = wishes.refuse_by_outdated_lists;
  settings.at_end =
      data.empty() ? gateway::haproxy::AtEnd::EndHaproxy : gateway::haproxy::AtEnd::LeaveHaproxy;
  if (geteuid() == 0 && getpwnam(wishes.user.c_str()) != nullptr) settings.user = wishes.user;
  return settings;
}

Result<std::unique_ptr<gateway::Gateway>> open_gateway(
    gateway::haproxy::Settings settings, Log& log,
    gateway::haproxy::HaproxyGateway::TellDeath tell_death) {
  auto opened =
      gateway::haproxy::HaproxyGateway::create(std::move(settings), log, std::move(tell_death));
  if (!opened) return opened.error();
  return std::unique_ptr<gateway::Gateway>(*std::move(opened));
}

}  // namespace everseal::app
