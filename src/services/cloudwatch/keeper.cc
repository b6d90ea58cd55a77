#include "services/cloudwatch/keeper.h"

#include <array>
#include <cstdint>

#include "services/cloudwatch/point_store.h"

namespace everseal::cloudwatch {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::int64_t kPointsAtOnce = 500;
constexpr int kBatches = 200;  // of a run; what is left waits for a minute

struct Age {
  std::chrono::seconds period;
  days kept;
  std::chrono::seconds into;
};
constexpr std::array<Age, 3> kAges{{{minutes{1}, days{15}, minutes{5}},
                                    {minutes{5}, days{63}, minutes{60}},
                                    {minutes{60}, days{455}, {}}}};

}  // namespace

Result<jobs::Verdict> Keeper::write(const jobs::Execution&) {
  if (const auto written = recorder_.write(); !written) return written.error();
  return jobs::Verdict::done();
}

Result<jobs::Verdict> Keeper::age(const jobs::Execution&) {
  const auto now = clock_.now();
  bool is_behind = false;
  for (const auto& [period, kept, into] : kAges) {
    const Aging aging{.period = period, .before = now - kept, .into = into};
    std::int64_t last = kPointsAtOnce;
    for (int batch = 0; batch < kBatches && last == kPointsAtOnce; ++batch) {
      const auto aged = database_.write(
          [&](sql::Transaction& tx) { return age_points(tx, aging, kPointsAtOnce); });
      if (!aged) return aged.error();
      last = *aged;
    }
    is_behind = is_behind || last == kPointsAtOnce;
  }
  const auto removed = database_.write(
      [&](sql::Transaction& tx) { return remove_empty_series(tx, now - kAges.back().kept); });
  if (!removed) return removed.error();
  return is_behind ? jobs::Verdict::again(now + minutes{1}) : jobs::Verdict::done();
}

}  // namespace everseal::cloudwatch
