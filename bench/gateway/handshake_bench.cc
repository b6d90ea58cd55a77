// What a handshake costs HAProxy when many certificates are revoked: each is a new connection, full
// mutual TLS, judged, with one request that the target answers. A ratio of processor time, since
// the clients want the same cores. Beside it HAProxy's own way, `crl-file` with the same entries.
#include <cstdio>
#include <list>
#include <string>
#include <utility>
#include <vector>

#include "goals.h"
#include "need.h"
#include "pki.h"
#include "proxies.h"
#include "rounds.h"

namespace everseal::bench {
namespace {

using gateway::TlsVersion;

constexpr std::array<std::size_t, 4> sizes = {0, 10'000, 100'000, 500'000};
constexpr unsigned threads = 8;
constexpr double wanted = 0.95;

const char* name_of(TlsVersion version) {
  return version == TlsVersion::Tls13 ? "TLS 1.3" : "TLS 1.2";
}

void print(const std::string& what, const Measured& measured, const std::string& more) {
  std::printf("%-54s %7.0f /s %9.1f us of processor each%s\n", what.c_str(), measured.per_second(),
              measured.microseconds(), more.c_str());
}

class HandshakeBench {
 public:
  explicit HandshakeBench(int rounds) : rounds_(rounds) {
    for (const auto size : sizes) {
      auto& edge = edges_.emplace_back(pki_, target_);
      revoked_.push_back(pki_.others(size));
      need(edge.gateway().set_revoked(Edge::trust_store, {revoked_.back()}));
    }
  }

  int run() {
    std::printf(
        "handshakes of clients with revoked entries in the trust store, median of %d rounds\n",
        rounds_);
    for (const auto version : {TlsVersion::Tls13, TlsVersion::Tls12}) {
      const std::string name = name_of(version);
      compare(name, ClientContext(pki_.client("dev-0001"), version));
      compare(name + ", one intermediate sent",
              ClientContext(pki_.client_of_issuing_ca("dev-0001"), version));
    }
    for (const auto& revoked : revoked_) beside_crl_file(revoked);
    return goals_.exit_code();
  }

 private:
  void compare(const std::string& what, const ClientContext& client) {
    std::vector<Measured> measured(sizes.size());
    for (int round = 0; round < rounds_; ++round) {
      std::size_t at = 0;
      for (const auto& edge : edges_) {
        measured[at++].round(edge.process(), [&] {
          return new_connections(edge.port(), client, threads, round_length);
        });
      }
    }
    for (std::size_t at = 0; at < sizes.size(); ++at) {
      if (measured[at].failed() > 0) give_up("a good client was refused");
      const double ratio = measured.front().ratio_to(measured[at]);
      char judged[80] = "";
      if (at > 0) {
        std::snprintf(judged, sizeof judged, "   ratio %.2f (wanted: >= %.2f)%s", ratio, wanted,
                      goals_.judged(ratio >= wanted));
      }
      print(what + ", " + std::to_string(sizes[at]) + " revoked", measured[at], judged);
    }
  }

  // So slow with many that a round is few handshakes.
  void beside_crl_file(const gateway::Revoked& revoked) {
    const auto count = revoked.serials.size();
    const ClientContext client(pki_.client("dev-0001"), TlsVersion::Tls13);
    const PlainHaproxy plain(pki_, target_, pki_.crl(revoked));
    Measured measured;
    for (int round = 0; round < rounds_; ++round) {
      measured.round(plain.process(),
                     [&] { return new_connections(plain.port(), client, threads, round_length); });
    }
    print("HAProxy's crl-file, TLS 1.3, " + std::to_string(count) + " revoked", measured, "");
  }

  const int rounds_;
  Pki pki_;
  Target target_;
  std::list<Edge> edges_;  // of sizes
  std::vector<gateway::Revoked> revoked_;
  Goals goals_;
};

}  // namespace
}  // namespace everseal::bench

int main(int argc, char** argv) {
  using namespace everseal::bench;
  return HandshakeBench(rounds_of(argc, argv)).run();
}
