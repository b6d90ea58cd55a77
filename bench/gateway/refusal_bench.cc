// From the moment that a certificate is revoked to the moment that its client is refused: its
// connection, in the middle of a request, is cut, and it gets no new one. 500,000 others are
// revoked, and 200 connections stand, each with a certificate of its own: the others must not
// notice.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "goals.h"
#include "need.h"
#include "pki.h"
#include "proxies.h"
#include "rounds.h"

namespace everseal::bench {
namespace {

constexpr std::size_t entries = 500'000;
constexpr std::size_t connections = 200;
constexpr std::size_t revocations = 200;
constexpr double wanted = 1000;  // milliseconds

double milliseconds(const Stopwatch& watch) {
  return static_cast<double>(watch.elapsed().count()) / 1000;
}

// Whose request has half of its body.
struct Client {
  Client(Pki& pki, std::uint16_t port, std::size_t number)
      : identity(pki.client("dev-" + std::to_string(number))),
        context(identity, gateway::TlsVersion::Tls13),
        connection(port, context) {
    connection.say("POST / HTTP/1.1\r\nHost: edge\r\nContent-Length: 4\r\n\r\nab");
  }
  tls::ServerIdentity identity;
  ClientContext context;
  Connection connection;
};

class RefusalBench {
 public:
  int run() {
    fill();
    for (std::size_t count = 0; count < connections; ++count) add_client();
    for (std::size_t count = 0; count < revocations; ++count) revoke(count % connections);
    const bool others_noticed = std::ranges::any_of(clients_, [](auto& client) {
      return !client->connection.say("cd") || client->connection.hear() != 200;
    });
    std::ranges::sort(waits_);
    std::ranges::sort(calls_);
    const double p99 = waits_[waits_.size() * 99 / 100];
    std::printf(
        "from revoking to refusal, %zu entries, %zu live connections: %.1f ms median, %.1f ms"
        " p99 (wanted: <= %.0f)%s; the call itself %.1f ms\n",
        entries, connections, median(waits_), p99, wanted, goals_.judged(p99 <= wanted),
        median(calls_));
    std::printf("others that were cut: %d%s\n", cut_ + (others_noticed ? 1 : 0),
                goals_.judged(cut_ == 0 && !others_noticed));
    return goals_.exit_code();
  }

 private:
  void fill() {
    auto& gateway = edge_.gateway();
    const auto others = pki_.others(entries);
    const Stopwatch filling;
    need(gateway.set_revoked(Edge::trust_store, {others}));
    const double filled = milliseconds(filling);
    const Stopwatch healing;
    const auto healed = need(gateway.heal());
    if (healed.missing + healed.foreign > 0) give_up("entries are missing");
    std::printf("%zu entries told to HAProxy in %.0f ms; compared with it in %.0f ms\n", entries,
                filled, milliseconds(healing));
  }

  void add_client() {
    clients_.push_back(std::make_unique<Client>(pki_, edge_.port(), ++made_));
    if (!clients_.back()->connection.is_open()) give_up("a good client was refused");
  }

  bool is_served(const Client& client) const {
    return Connection(edge_.port(), client.context).ask(last_request) != 0;
  }

  void revoke(std::size_t at) {
    auto& client = *clients_[at];
    const Stopwatch watch;
    need(edge_.gateway().revoke(Edge::trust_store, {entry(client.identity)}));
    calls_.push_back(milliseconds(watch));
    while (!client.connection.has_ended() || is_served(client)) {
    }
    waits_.push_back(milliseconds(watch));
    clients_.erase(clients_.begin() + static_cast<std::ptrdiff_t>(at));
    for (auto& other : clients_) cut_ += other->connection.has_ended() ? 1 : 0;
    add_client();
  }

  Pki pki_;
  Target target_;
  Edge edge_{pki_, target_};
  std::vector<std::unique_ptr<Client>> clients_;
  std::size_t made_ = 0;
  std::vector<double> waits_;  // milliseconds
  std::vector<double> calls_;
  int cut_ = 0;
  Goals goals_;
};

}  // namespace
}  // namespace everseal::bench

int main() { return everseal::bench::RefusalBench().run(); }
