#include "gateway/haproxy/live_connections.h"

#include <algorithm>
#include <sstream>
#include <utility>

namespace everseal::gateway::haproxy {

std::string_view value_in(std::string_view line, std::string_view name) {
  const auto at = line.find(name);
  if (at == std::string_view::npos) return {};
  const auto value = line.substr(at + name.size());
  return value.substr(0, value.find(' '));
}

NewlyRefused::NewlyRefused(const std::vector<std::string>& keys, const Revocations& revoked,
                           const TrustStore& store)
    : keys_(keys.begin(), keys.end()), names_(revoked.issuers()) {
  // A bundle that cannot be read is in no configuration either.
  if (auto fallen = fallen_by(keys_, store, revoked)) {
    fallen_ = std::move(fallen->keys);
    names_.merge(fallen->names);
  }
}

std::unordered_set<std::string> NewlyRefused::peers_in(const std::string& table) const {
  std::unordered_set<std::string> peers;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    const auto connection = value_in(line, " key=");
    const auto at = connection.find('@');
    if (at == std::string_view::npos || !has_any_of(connection.substr(0, at))) continue;
    peers.emplace(connection.substr(at + 1));
  }
  return peers;
}

// "AA:ISSUER,BB:ISSUER": each issuer by its key, or by its name where that has a key.
bool NewlyRefused::has_any_of(std::string_view certificates) const {
  while (!certificates.empty()) {
    const auto one = certificates.substr(0, certificates.find(','));
    certificates.remove_prefix(std::min(certificates.size(), one.size() + 1));
    const auto serial = one.substr(0, one.find(':'));
    const std::string issuer(one.substr(std::min(one.size(), serial.size() + 1)));
    const auto named = names_.find(issuer);
    const auto& key = named == names_.end() ? issuer : named->second;
    if (has(std::string(serial).append(":").append(key)) || has(outdated_key(key))) return true;
  }
  return false;
}

}  // namespace everseal::gateway::haproxy
