#include <algorithm>
#include <charconv>
#include <optional>
#include <sstream>
#include <unordered_set>
#include <utility>

#include "gateway/haproxy/haproxy_gateway.h"

// The part of the gateway that compares what is in force with what should be.
namespace everseal::gateway::haproxy {
namespace {

// The second word of each line: "0x56400056cc60 AA:BB 1".
std::unordered_set<std::string> keys_in(const std::string& dump) {
  std::unordered_set<std::string> keys;
  std::istringstream lines(dump);
  for (std::string line; std::getline(lines, line);) {
    const auto first = line.find(' ');
    const auto second = line.find(' ', first + 1);
    if (second != std::string::npos) keys.insert(line.substr(first + 1, second - first - 1));
  }
  return keys;
}

// How many a map has: "6 (s_1.revoked) pattern loaded ... curr_ver=0 next_ver=0 entry_cnt=12".
std::optional<std::size_t> entries_in(const std::string& maps, const std::string& file) {
  constexpr std::string_view name = "entry_cnt=";
  const auto line = maps.find(file);
  const auto at = line == std::string::npos ? line : maps.find(name, line);
  if (at == std::string::npos) return std::nullopt;
  std::size_t count = 0;
  const char* const digits = maps.data() + at + name.size();
  const auto [end, failure] = std::from_chars(digits, maps.data() + maps.size(), count);
  return failure == std::errc() ? std::optional(count) : std::nullopt;
}

}  // namespace

Result<Healed> HaproxyGateway::heal() {
  const std::lock_guard call(calls_);
  Healed all;
  if (!written_.listens) return all;
  if (!supervisor_.is_ready()) return Fault::unavailable("HAProxy does not run");
  if (is_behind_) {
    if (const auto done = noted(put_in_force(state_)); !done) return done.error();
  }
  count_lost_lines();
  if (written_.trust_stores.empty()) return all;
  const auto processes = api_.processes();
  if (!processes) return processes.error();
  if (processes->worker == 0) return Fault::unavailable("HAProxy has no worker");
  std::erase_if(compared_, [workers = processes->all()](const auto& one) {
    return std::ranges::find(workers, one.first.first) == workers.end();
  });
  for (const auto worker : processes->all()) {
    for (const auto& store : written_.trust_stores) {
      if (!is_to_be_compared(worker, store)) continue;
      const auto healed = heal(worker, store);
      if (!healed && worker == processes->worker) return healed.error();
      if (!healed) continue;
      compared_[{worker, store}] = std::chrono::steady_clock::now();
      all.missing += healed->missing;
      all.foreign += healed->foreign;
    }
  }
  behind_.clear();
  return all;
}

bool HaproxyGateway::is_to_be_compared(pid_t worker, const std::string& store) const {
  const auto compared = compared_.find({worker, store});
  if (behind_.contains(store) || compared == compared_.end() ||
      std::chrono::steady_clock::now() - compared->second >= settings_.compare_interval) {
    return true;
  }
  const auto maps = api_.ask(worker, "show map");
  const auto found = revoked_.find(store);
  return !maps || entries_in(*maps, revoked_file(store)) !=
                      (found == revoked_.end() ? 0 : found->second.size());
}

// Before the keys, that without them are not found.
Outcome HaproxyGateway::heal_issuers(pid_t worker, const std::string& store) const {
  const auto found = revoked_.find(store);
  if (found == revoked_.end()) return {};
  const auto map = revokers_file(store);
  const auto dump = api_.ask(worker, "show map " + map);
  if (!dump) return dump.error();
  const auto there = keys_in(*dump);
  for (const auto& [name, key] : found->second.issuers()) {
    if (there.contains(name)) continue;
    const auto answer = api_.ask(worker, "add map " + map + " " + name + " " + key);
    if (!answer) return answer.error();
    if (!answer->empty()) return Fault::unavailable("HAProxy: add map: " + *answer);
  }
  return {};
}

Result<Healed> HaproxyGateway::heal(pid_t worker, const std::string& store) const {
  if (const auto done = heal_issuers(worker, store); !done) return done.error();
  const auto map = revoked_file(store);
  const auto dump = api_.ask(worker, "show map " + map);
  if (!dump) return dump.error();
  const auto there = keys_in(*dump);
  static const Revocations none;
  const auto found = revoked_.find(store);
  const auto& wanted = found == revoked_.end() ? none : found->second;
  Keys missing;
  Keys foreign;
  for (const auto& key : wanted.keys()) {
    if (!there.contains(key)) missing.push_back(key);
  }
  for (const auto& key : there) {
    if (!wanted.contains(key)) foreign.push_back(key);
  }
  if (missing.empty() && foreign.empty()) return Healed{};
  if (const auto told = tell(worker, store, missing, foreign); !told) return told.error();
  cut(worker, store, missing);
  return Healed{.missing = missing.size(), .foreign = foreign.size()};
}

}  // namespace everseal::gateway::haproxy
