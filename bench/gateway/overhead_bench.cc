// What the gateway costs beside HAProxy with a configuration that an engineer wrote for the same:
// plain mutual TLS, the same headers, the same target. A ratio of HAProxy's processor time.
#include <cstdio>
#include <string>

#include "goals.h"
#include "need.h"
#include "pki.h"
#include "proxies.h"
#include "rounds.h"

namespace everseal::bench {
namespace {

using gateway::TlsVersion;

constexpr unsigned threads = 8;
constexpr double wanted = 1.05;
constexpr double wanted_with_chain = 1.10;

using Work = Load (*)(std::uint16_t, const ClientContext&, unsigned, std::chrono::milliseconds);

class OverheadBench {
 public:
  explicit OverheadBench(int rounds) : rounds_(rounds) {}

  int run() {
    std::printf("the gateway beside a hand-written HAProxy, processor time, median of %d rounds\n",
                rounds_);
    const ClientContext direct(pki_.client("dev-0001"), TlsVersion::Tls13);
    const ClientContext older(pki_.client("dev-0001"), TlsVersion::Tls12);
    const ClientContext chained(pki_.client_of_issuing_ca("dev-0001"), TlsVersion::Tls13);
    compare("new connections, TLS 1.3", direct, new_connections, wanted);
    compare("new connections, TLS 1.2", older, new_connections, wanted);
    compare("requests on kept connections", direct, kept_connections, wanted);
    compare("the same, an intermediate sent", chained, kept_connections, wanted);
    // Here the gateway judges one certificate more, which a plain HAProxy cannot.
    compare("new connections, an intermediate sent", chained, new_connections, wanted_with_chain);
    return goals_.exit_code();
  }

 private:
  void compare(const char* what, const ClientContext& client, Work work, double most) {
    Measured ours;
    Measured plain;
    for (int round = 0; round < rounds_; ++round) {
      ours.round(edge_.process(),
                 [&] { return work(edge_.port(), client, threads, round_length); });
      plain.round(plain_.process(),
                  [&] { return work(plain_.port(), client, threads, round_length); });
    }
    if (ours.failed() + plain.failed() > 0) give_up("a request failed");
    const double ratio = ours.ratio_to(plain);
    std::printf(
        "%-40s %8.1f us (%6.0f /s)   plain %8.1f us (%6.0f /s)   ratio %.2f"
        " (wanted: <= %.2f)%s\n",
        what, ours.microseconds(), ours.per_second(), plain.microseconds(), plain.per_second(),
        ratio, most, goals_.judged(ratio <= most));
  }

  const int rounds_;
  Pki pki_;
  Target target_;
  Edge edge_{pki_, target_};
  PlainHaproxy plain_{pki_, target_};
  Goals goals_;
};

}  // namespace
}  // namespace everseal::bench

int main(int argc, char** argv) {
  using namespace everseal::bench;
  return OverheadBench(rounds_of(argc, argv)).run();
}
