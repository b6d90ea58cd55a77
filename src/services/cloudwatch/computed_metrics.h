#pragma once

#include <cstddef>

#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/cloudwatch/point_store.h"
#include "services/cloudwatch/series.h"
#include "sql/database.h"

namespace everseal::cloudwatch {

// A metric that nobody measures, because it follows from what another service knows: its points are
// made when they are asked for and need no rows. Given by whoever connects the services.
// Thread-safe.
class ComputedMetric {
 public:
  virtual ~ComputedMetric() = default;
  virtual std::string_view name_space() const = 0;
  virtual std::string_view metric() const = 0;

  // Of one that is not there nothing. Each begins with a minute in [from, until).
  virtual Result<Points> points(sql::Snapshot& view, const NamedMetric& metric,
                                const std::vector<Dimension>& dimensions, TimePoint from,
                                TimePoint until) const = 0;

  // Those of an account and region after that place, which is empty at the beginning.
  struct Listed {
    std::vector<Series> series;
    std::string next;  // the place of the last one; empty: there are no more
  };
  virtual Result<Listed> list(sql::Snapshot& view, std::string_view account,
                              std::string_view region, const std::string& after,
                              std::size_t limit) const = 0;
};

}  // namespace everseal::cloudwatch
