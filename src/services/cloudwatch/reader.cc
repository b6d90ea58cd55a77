#include "services/cloudwatch/reader.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <tuple>
#include <utility>

namespace everseal::cloudwatch {
namespace {

constexpr std::size_t kAtOnce = 500;

// A place in the list: "s17" after the measured series 17, "c0 PLACE" in the first computed metric.
std::size_t number_in(std::string_view text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string computed_place(std::size_t index, const std::string& place) {
  return "c" + std::to_string(index) + " " + place;
}

bool matches(const SeriesFilter& filter, const ComputedMetric& metric) {
  return (filter.name_space.empty() || filter.name_space == metric.name_space()) &&
         (filter.metric.empty() || filter.metric == metric.metric());
}

}  // namespace

aws::Access access_to(std::string action) {
  aws::Access access = aws::on_anything();
  access.action = std::move(action);
  return access;
}

Result<std::map<std::string, Points>> Reader::points(const NamedMetric& metric,
                                                     const std::vector<Dimension>& dimensions,
                                                     TimePoint from, TimePoint until) const {
  std::ignore = parts_.recorder.write();  // on a full disk it stays in memory; reading goes on
  return parts_.database.read([&](sql::Snapshot& view) -> Result<std::map<std::string, Points>> {
    for (const auto* computed : parts_.computed) {
      if (metric.name_space != computed->name_space() || metric.metric != computed->metric())
        continue;
      auto points = computed->points(view, metric, dimensions, from, until);
      if (!points) return points.error();
      return std::map<std::string, Points>{{"None", *std::move(points)}};
    }
    return read_points(view, metric, dimensions, from, until);
  });
}

Result<Reader::Listed> Reader::list(const SeriesFilter& filter, const std::string& after) const {
  std::ignore = parts_.recorder.write();  // on a full disk it stays in memory; reading goes on
  return parts_.database.read([&](sql::Snapshot& view) -> Result<Listed> {
    if (after.starts_with('c'))
      return list_computed(view, filter, std::string_view(after).substr(1));
    const auto last = after.empty() ? 0 : number_in(std::string_view(after).substr(1));
    const auto known =
        list_series(view, filter, static_cast<std::int64_t>(last), std::int64_t{kAtOnce});
    if (!known) return known.error();
    Listed listed;
    for (const auto& [id, series] : *known) listed.series.push_back(series);
    if (known->size() == kAtOnce) {
      listed.next = "s" + std::to_string(known->back().id);
    } else {
      listed.next = next_computed(filter, 0);
    }
    return listed;
  });
}

std::string Reader::next_computed(const SeriesFilter& filter, std::size_t index) const {
  for (; index < parts_.computed.size(); ++index) {
    if (matches(filter, *parts_.computed[index])) return computed_place(index, {});
  }
  return {};
}

Result<Reader::Listed> Reader::list_computed(sql::Snapshot& view, const SeriesFilter& filter,
                                             std::string_view after) const {
  const auto index = number_in(after);
  if (index >= parts_.computed.size()) return Listed{};
  const auto space = std::min(after.find(' '), after.size());
  const std::string place(after.substr(std::min(space + 1, after.size())));
  auto some = parts_.computed[index]->list(view, filter.account, filter.region, place, kAtOnce);
  if (!some) return some.error();
  const auto next =
      some->next.empty() ? next_computed(filter, index + 1) : computed_place(index, some->next);
  return Listed{std::move(some->series), next};
}

}  // namespace everseal::cloudwatch
