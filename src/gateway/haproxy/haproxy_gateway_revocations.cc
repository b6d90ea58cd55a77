#include <algorithm>
#include <sstream>
#include <unordered_set>
#include <utility>

#include "encoding/ascii.h"
#include "gateway/haproxy/haproxy_gateway.h"
#include "gateway/haproxy/live_connections.h"

// The part of the gateway that refuses who is revoked.
namespace everseal::gateway::haproxy {
namespace {

constexpr std::size_t most_entries = 2'000'000;  // of one trust store
// Of a command with its payload: HAProxy reads it as a whole (tune.bufsize).
constexpr std::size_t most_octets = 32 * 1024;
constexpr std::size_t most_removals = 64;  // one by one

}  // namespace

Outcome HaproxyGateway::revoke(std::string_view trust_store, const std::vector<Revoked>& entries) {
  const auto keys = revocation_keys(entries);
  if (!keys) return keys.error();
  const auto issuers = issuer_names(entries);
  if (!issuers) return issuers.error();
  const std::lock_guard call(calls_);
  learn(trust_store, *issuers);
  return noted(change(trust_store, *keys, {}));
}

Outcome HaproxyGateway::unrevoke(std::string_view trust_store,
                                 const std::vector<Revoked>& entries) {
  const auto keys = revocation_keys(entries);
  if (!keys) return keys.error();
  const std::lock_guard call(calls_);
  return noted(change(trust_store, {}, *keys));
}

Outcome HaproxyGateway::set_revoked(std::string_view trust_store,
                                    const std::vector<Revoked>& entries) {
  const auto keys = revocation_keys(entries);
  if (!keys) return keys.error();
  const auto issuers = issuer_names(entries);
  if (!issuers) return issuers.error();
  const std::lock_guard call(calls_);
  learn(trust_store, *issuers);
  Keys removed;
  if (const auto known = revoked_.find(trust_store); known != revoked_.end()) {
    const std::unordered_set<std::string_view> wanted(keys->begin(), keys->end());
    for (const auto& key : known->second.keys()) {
      if (!wanted.contains(key)) removed.push_back(key);
    }
  }
  return noted(change(trust_store, *keys, removed));
}

bool HaproxyGateway::is_in_force(std::string_view trust_store) const {
  return std::ranges::find(written_.trust_stores, trust_store) != written_.trust_stores.end();
}

// Who revokes for the first time is told to the workers by the next change.
void HaproxyGateway::learn(std::string_view trust_store, const IssuerNames& issuers) {
  const std::lock_guard data(data_);
  auto& revoked = revoked_[std::string(trust_store)];
  const auto known = revoked.issuers().size();
  revoked.add_issuers(issuers);
  if (revoked.issuers().size() > known) behind_.insert(std::string(trust_store));
}

bool HaproxyGateway::is_told(std::string_view trust_store) const {
  return !behind_.contains(trust_store);
}

Outcome HaproxyGateway::change(std::string_view trust_store, const Keys& added,
                               const Keys& removed) {
  Keys really_added;
  Keys really_removed;
  {
    const std::lock_guard data(data_);
    auto& revoked = revoked_[std::string(trust_store)];
    if (revoked.size() + added.size() > most_entries + removed.size()) {
      return Fault::conflict("more than 2 million revoked entries");
    }
    for (const auto& key : removed) {
      if (revoked.remove(key)) really_removed.push_back(key);
    }
    for (const auto& key : added) {
      if (revoked.add(key)) really_added.push_back(key);
    }
  }
  if (!is_in_force(trust_store)) return {};
  if (!supervisor_.is_ready()) {
    behind_.insert(std::string(trust_store));
    return keep_for_the_next_start();
  }
  const auto told = is_told(trust_store) ? tell_workers(trust_store, really_added, really_removed)
                                         : catch_up(std::string(trust_store));
  if (!told) behind_.insert(std::string(trust_store));
  // One of the store's own CAs may be among them, which then is trusted no more, or again.
  const auto before = written_.digest;
  const auto trusted = put_in_force(state_);
  // Clients could come in by it until now.
  if (trusted && written_.digest != before) cut_everywhere(std::string(trust_store), really_added);
  return told ? trusted : told;
}

// Nobody waits for a HAProxy that does not run: the supervisor starts it with what is there then.
Outcome HaproxyGateway::keep_for_the_next_start() {
  auto written = write_configuration(state_, revoked_, settings_);
  if (!written) return written.error();
  if (written->files != written_.files) {
    const std::lock_guard data(data_);
    is_behind_ = true;  // a start that has begun may have read what was there before
    for (const auto& [name, text] : written->files) {
      if (written_.files[name] == text) continue;
      if (const auto done = write_file(folder_.current() / name, text); !done) return done;
    }
    written_ = *std::move(written);
  }
  return Fault::unavailable("HAProxy does not run");
}

// After a failure nobody knows what the workers know.
Outcome HaproxyGateway::catch_up(const std::string& store) {
  const auto processes = api_.processes();
  if (!processes) return processes.error();
  if (processes->worker == 0) return Fault::unavailable("HAProxy has no worker");
  for (const auto worker : processes->all()) {
    const auto healed = heal(worker, store);
    if (!healed && worker == processes->worker) return healed.error();
  }
  behind_.erase(store);
  return {};
}

// Before anything else changes: who is told that a state is in force must not find revoked clients
// let in.
Outcome HaproxyGateway::catch_up_with_all() {
  if (!supervisor_.is_ready()) return {};
  for (const auto& store : std::set(behind_)) {
    if (!is_in_force(store)) continue;
    if (const auto done = catch_up(store); !done) return done;
  }
  return {};
}

Outcome HaproxyGateway::tell_workers(std::string_view trust_store, const Keys& added,
                                     const Keys& removed) const {
  if (added.empty() && removed.empty()) return {};
  const auto processes = api_.processes();
  if (!processes) return processes.error();
  if (processes->worker == 0) return Fault::unavailable("HAProxy has no worker");
  for (const auto worker : processes->all()) {
    const auto told = tell(worker, std::string(trust_store), added, removed);
    // An old worker may have ended meanwhile.
    if (!told && worker == processes->worker) return told;
    if (told && !added.empty()) cut(worker, std::string(trust_store), added);
  }
  return {};
}

Outcome HaproxyGateway::tell(pid_t worker, const std::string& store, const Keys& added,
                             const Keys& removed) const {
  // Each removal makes HAProxy walk through the whole map.
  if (removed.size() > most_removals) return replace(worker, store);
  const auto map = revoked_file(store);
  if (const auto done = add(worker, map, added); !done) return done;
  for (const auto& key : removed) {
    const auto answer = api_.ask(worker, "del map " + map + " " + key);
    if (!answer) return answer.error();
  }
  return {};
}

// `map` may begin with a version: "@2 s_0123456789abcdef.revoked".
template <class Some>
Outcome HaproxyGateway::add(pid_t worker, const std::string& map, const Some& keys) const {
  std::string lines;
  for (auto key = keys.begin(); key != keys.end();) {
    lines.append(*key).append(" 1\n");
    if (++key != keys.end() && lines.size() < most_octets) continue;
    const auto answer = api_.ask(worker, "add map " + map, lines);
    if (!answer) return answer.error();
    if (!answer->empty()) return Fault::unavailable("HAProxy: add map: " + *answer);
    lines.clear();
  }
  return {};
}

// All at once: at no moment is anything missing that is in both.
Outcome HaproxyGateway::replace(pid_t worker, const std::string& store) const {
  const auto map = revoked_file(store);
  const auto prepared = api_.ask(worker, "prepare map " + map);
  if (!prepared) return prepared.error();
  const auto colon = prepared->find(": ");
  if (colon == std::string::npos) return Fault::unavailable("HAProxy: " + *prepared);
  const std::string next = "@" + prepared->substr(colon + 2) + " " + map;
  if (const auto revoked = revoked_.find(store); revoked != revoked_.end()) {
    if (const auto done = add(worker, next, revoked->second.keys()); !done) return done;
  }
  const auto committed = api_.ask(worker, "commit map " + next);
  if (!committed) return committed.error();
  return committed->empty() ? Outcome() : Fault::unavailable("HAProxy: " + *committed);
}

void HaproxyGateway::cut_everywhere(const std::string& store, const Keys& keys) const {
  if (keys.empty()) return;
  const auto processes = api_.processes();
  if (!processes) return;
  for (const auto worker : processes->all()) cut(worker, store, keys);
}

// Ends what runs with such a certificate. Connections without a request in progress are not among
// the sessions; they are refused at their next one.
void HaproxyGateway::cut(pid_t worker, const std::string& store, const Keys& keys) const {
  static const Revocations none;
  const auto revoked = revoked_.find(store);
  const auto known = std::ranges::find(state_.trust_stores, store, &TrustStore::id);
  const NewlyRefused refused(keys, revoked == revoked_.end() ? none : revoked->second,
                             known == state_.trust_stores.end() ? TrustStore() : *known);
  std::unordered_set<std::string> peers;
  for (const std::string table : {"live", "live_paths"}) {
    const auto live = api_.ask(worker, "show table " + table);
    if (live) peers.merge(refused.peers_in(*live));
  }
  if (peers.empty()) return;
  const auto sessions = api_.ask(worker, "show sess");
  if (!sessions) return;
  std::istringstream all(*sessions);
  for (std::string line; std::getline(all, line);) {
    if (!peers.contains(std::string(value_in(line, " src=")))) continue;
    static_cast<void>(api_.ask(worker, "shutdown session " + line.substr(0, line.find(':'))));
  }
}

}  // namespace everseal::gateway::haproxy
