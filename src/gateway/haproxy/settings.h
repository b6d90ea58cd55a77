#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace everseal::gateway::haproxy {

class LogReceiver;

// What becomes of HAProxy when the gateway ends, or its program is killed.
enum class AtEnd {
  EndHaproxy,    // it ends, too, and nothing stays in the folder
  LeaveHaproxy,  // it goes on with what it knows; the next gateway on the folder takes it over
};

struct Settings {
  // Belongs to one gateway alone: made with mode 0700, and what is in it is removed, but for what a
  // HAProxy that was left there needs. Private keys stand in it in the clear, as HAProxy wants
  // them: it should be in memory (below /run). Its path has at most 80 octets, as sockets are in
  // it.
  std::filesystem::path folder;
  std::filesystem::path program = "/usr/sbin/haproxy";
  // Whom its workers become once they listen: a user and a group of this name. Only where this
  // program runs as root. Nothing: they stay who this program is.
  std::optional<std::string> user{};
  AtEnd at_end = AtEnd::EndHaproxy;
  std::size_t most_connections = 8192;
  unsigned threads = 0;  // 0: as many as there are processors
  // Whether Revoked::outdated refuses anybody: each connection and each request then costs a look
  // at its issuer.
  bool heeds_outdated_lists = false;
  // How long connections of before a change of configuration may go on; those of eight changes ago
  // are ended in any case.
  std::chrono::seconds hard_stop{30};
  // Whom HAProxy tells what happened to requests and connections; outlives the gateway. Null:
  // nobody.
  LogReceiver* log_receiver = nullptr;

  // How often healing compares each revoked entry, which takes some seconds of HAProxy's with
  // 500,000 of them; in between it counts them.
  std::chrono::seconds compare_interval{600};
  std::chrono::milliseconds patience{5'000};         // for an answer to one command
  std::chrono::milliseconds start_patience{30'000};  // for a start, a check or a reload
  // Between two starts after a death: doubles from the least to the most.
  std::chrono::milliseconds least_pause{100};
  std::chrono::milliseconds most_pause{10'000};
};

}  // namespace everseal::gateway::haproxy
