#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/state.h"
#include "result/result.h"
#include "tls/context.h"

namespace everseal::gateway::haproxy {

// What the names in HAProxy's lines mean. Those of the last 16 states are known, as connections of
// before a change go on, and of each certificate the last four. Thread-safe.
class LogNames {
 public:
  struct Listener {
    std::string load_balancer;
    std::string id;
    std::string certificate;  // of clients that name no known server
    friend bool operator==(const Listener&, const Listener&) = default;
  };
  struct Certificate {
    std::string id;
    std::vector<std::string> servers;  // lower case; "*.example" stands for one label
    bool is_for(std::string_view server) const;
  };

  // From now on lines may speak of these.
  void learn(const State& state);
  // Malformed: a chain that does not parse.
  Outcome learn(std::string_view certificate, const tls::ServerIdentity& identity);
  void forget(std::string_view certificate);

  // By the word Front, Back and Own; null or empty: nobody knows.
  std::shared_ptr<const Listener> listener(std::string_view front) const;
  std::string target_group(std::string_view back) const;
  std::shared_ptr<const Certificate> certificate(std::string_view own) const;

 private:
  template <class Thing>
  struct Known {
    Thing thing;
    std::uint64_t last = 0;  // the number of the last state that had it
  };
  template <class Thing>
  using Names = std::map<std::string, Known<Thing>, std::less<>>;

  mutable std::mutex mutex_;  // guards all below
  std::uint64_t states_ = 0;
  Names<std::shared_ptr<const Listener>> listeners_;
  Names<std::string> groups_;
  std::map<std::string, std::shared_ptr<const Certificate>, std::less<>> certificates_;
  std::map<std::string, std::deque<std::string>, std::less<>> digests_;  // of each certificate's id
};

}  // namespace everseal::gateway::haproxy
