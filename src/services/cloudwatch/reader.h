#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/access.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/cloudwatch/computed_metrics.h"
#include "services/cloudwatch/point_store.h"
#include "services/cloudwatch/recorder.h"
#include "services/cloudwatch/series.h"
#include "sql/database.h"

namespace everseal::cloudwatch {

// "cloudwatch:GetMetricData" and the like: metrics have no ARNs, so it is on all or none.
aws::Access access_to(std::string action);

// All metrics, measured and computed. Thread-safe.
class Reader {
 public:
  struct Parts {
    sql::Database& database;
    Recorder& recorder;
    std::vector<const ComputedMetric*> computed;
  };
  explicit Reader(Parts parts) : parts_(std::move(parts)) {}

  // By unit, with what was measured up to now.
  Result<std::map<std::string, Points>> points(const NamedMetric& metric,
                                               const std::vector<Dimension>& dimensions,
                                               TimePoint from, TimePoint until) const;

  // Some of them after that place, which is empty at the beginning: first those that were measured
  // since then, then the computed ones.
  struct Listed {
    std::vector<Series> series;
    std::string next;  // where to go on; empty: there are no more
  };
  Result<Listed> list(const SeriesFilter& filter, const std::string& after) const;

 private:
  Result<Listed> list_computed(sql::Snapshot& view, const SeriesFilter& filter,
                               std::string_view after) const;
  // The place before the first one from there on that is asked for; empty: none is.
  std::string next_computed(const SeriesFilter& filter, std::size_t index) const;

  const Parts parts_;
};

}  // namespace everseal::cloudwatch
