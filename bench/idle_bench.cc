// How long the job runner takes to find that nothing is due, in a database with many promises.
//   idle_bench DATA_DIRECTORY
// Prints the median in milliseconds. The server must not be running.
#include <algorithm>
#include <cstdio>
#include <vector>

#include "jobs/runner.h"
#include "sql/sqlite/open.h"

int main(int argc, char** argv) {
  using namespace everseal;
  if (argc != 2) {
    std::fputs("usage: idle_bench DATA_DIRECTORY\n", stderr);
    return 2;
  }
  ManualClock clock(WallClock().now());
  Log log(clock, LogLevel::Error);
  auto database = sql::sqlite::open(std::string(argv[1]) + "/everseal.db", {}, log);
  if (!database) {
    std::fprintf(stderr, "%s\n", database.error().cause.c_str());
    return 1;
  }
  jobs::Runner runner(**database, clock, log);
  for (const auto* kind : {"acm.issue", "acm.renew"}) {
    runner.handle(kind, [](const jobs::Execution&) -> Result<jobs::Verdict> {
      std::fputs("idle_bench: a job was due\n", stderr);
      return jobs::Verdict::done();
    });
  }
  std::vector<double> millis;
  for (int round = 0; round < 200; ++round) {
    const Stopwatch watch;
    const auto ran = runner.run_until(clock.now(), [&](TimePoint now) -> Outcome {
      clock.set(now);
      return {};
    });
    if (!ran) return 1;
    millis.push_back(static_cast<double>(watch.elapsed().count()) / 1000);
  }
  std::sort(millis.begin(), millis.end());
  std::printf("%.4f\n", millis[millis.size() / 2]);
  return 0;
}
