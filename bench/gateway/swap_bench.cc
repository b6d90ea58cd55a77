// A listener's certificate is swapped again and again while clients ask 500 times a second, every
// fifth time on a new connection: none of their requests may fail, and whoever comes after a swap
// gets the new certificate.
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

#include "goals.h"
#include "need.h"
#include "pki.h"
#include "proxies.h"
#include "rounds.h"

namespace everseal::bench {
namespace {

using std::chrono::steady_clock;

constexpr unsigned threads = 10;
constexpr int requests_per_second = 500;
constexpr int requests_each = 5;  // on one connection
constexpr std::chrono::milliseconds between_swaps{100};
constexpr std::chrono::microseconds between_requests{1'000'000 * threads / requests_per_second};

class SwapBench {
 public:
  explicit SwapBench(int rounds) : length_(rounds * round_length) {}

  int run() {
    {
      std::vector<std::jthread> clients;
      for (unsigned count = 0; count < threads; ++count) clients.emplace_back([&] { ask(); });
      swap_until(steady_clock::now() + length_);
      over_ = true;
    }
    std::ranges::sort(waits_);
    const double seconds = std::chrono::duration<double>(length_).count();
    const double rate = static_cast<double>(answered_) / seconds;
    std::printf(
        "certificate swaps: %zu, %.1f ms median, %.1f ms worst; the new one was not there"
        " at once: %d%s\n",
        waits_.size(), median(waits_), waits_.back(), late_, goals_.judged(late_ == 0));
    std::printf("requests meanwhile: %.0f /s (wanted: >= 475), failed: %ld of %ld%s\n", rate,
                failed_.load(), answered_ + failed_, goals_.judged(failed_ == 0 && rate >= 475));
    return goals_.exit_code();
  }

 private:
  // At a pace: who is late catches up.
  void ask() {
    std::unique_ptr<Connection> connection;
    auto next = steady_clock::now();
    for (int count = 0; !over_; ++count) {
      std::this_thread::sleep_until(next += between_requests);
      if (count % requests_each == 0) {
        connection = std::make_unique<Connection>(edge_.port(), client_);
      }
      ++(connection->ask(one_request) == 200 ? answered_ : failed_);
    }
  }

  void swap_until(steady_clock::time_point end) {
    const std::array identities = {pki_.server(), pki_.server()};
    auto next = steady_clock::now();
    for (std::size_t count = 0; steady_clock::now() < end; ++count) {
      const auto& identity = identities[count % 2];
      const Stopwatch watch;
      need(edge_.gateway().set_certificate(Edge::certificate, identity));
      waits_.push_back(static_cast<double>(watch.elapsed().count()) / 1000);
      if (Connection(edge_.port(), client_).peer() != identity.chain.front()) ++late_;
      std::this_thread::sleep_until(next += between_swaps);
    }
  }

  const std::chrono::milliseconds length_;
  Pki pki_;
  Target target_;
  Edge edge_{pki_, target_};
  const ClientContext client_{pki_.client("dev-0001"), gateway::TlsVersion::Tls13};
  std::atomic<bool> over_ = false;
  std::atomic<long> answered_ = 0;
  std::atomic<long> failed_ = 0;
  std::vector<double> waits_;  // milliseconds
  int late_ = 0;
  Goals goals_;
};

}  // namespace
}  // namespace everseal::bench

int main(int argc, char** argv) {
  using namespace everseal::bench;
  return SwapBench(rounds_of(argc, argv)).run();
}
