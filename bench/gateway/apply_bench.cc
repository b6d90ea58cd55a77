// How long it takes until a state with many listeners is in force: HAProxy reads its configuration
// twice for that, once to check it and once in the process that takes over. The limit is what it
// takes to read it twice.
#include <cstdio>
#include <vector>

#include "gateway/haproxy/process.h"
#include "goals.h"
#include "need.h"
#include "pki.h"
#include "proxies.h"
#include "rounds.h"

namespace everseal::bench {
namespace {

constexpr int rounds = 9;
constexpr double wanted = 2;

template <class Work>
double milliseconds(Work&& work) {
  const Stopwatch watch;
  work();
  return static_cast<double>(watch.elapsed().count()) / 1000;
}

void read_once(const Edge& edge) {
  need(gateway::haproxy::run({"/usr/sbin/haproxy", "-c", "-f", edge.configuration()},
                             std::chrono::seconds(60)));
}

int run() {
  Pki pki;
  const Target target;
  Goals goals;
  std::printf("a state put in force, median of %d rounds\n", rounds);
  for (const std::size_t listeners : {1U, 100U}) {
    Edge edge(pki, target, listeners);
    std::vector<double> changed;
    std::vector<double> unchanged;
    std::vector<double> limit;
    for (int round = 0; round < rounds; ++round) {
      limit.push_back(2 * milliseconds([&] { read_once(edge); }));
      changed.push_back(milliseconds([&] { edge.apply_changed(); }));
      unchanged.push_back(milliseconds([&] { edge.apply(); }));
    }
    const double ratio = median(changed) / median(limit);
    std::printf(
        "%3zu listeners: %6.1f ms   limit %6.1f ms   ratio %.2f (wanted: <= %.1f)%s;"
        " unchanged: %.2f ms\n",
        listeners, median(changed), median(limit), ratio, wanted, goals.judged(ratio <= wanted),
        median(unchanged));
  }
  return goals.exit_code();
}

}  // namespace
}  // namespace everseal::bench

int main() { return everseal::bench::run(); }
