#include "services/cloudwatch/operations/list_metrics.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "aws/pagination.h"
#include "services/cloudwatch/errors.h"

namespace everseal::cloudwatch {
namespace {

using Request = ListMetrics::Request;

constexpr std::chrono::days kUsuallyActive{14};
constexpr std::chrono::hours kRecentlyActive{3};

bool has(const Series& series, const ListMetrics::DimensionFilter& wanted) {
  return std::ranges::any_of(series.dimensions, [&](const Dimension& dimension) {
    return dimension.name == wanted.name &&
           dimension.value == wanted.value.value_or(dimension.value);
  });
}

bool is_wanted(const Series& series, const Request& request) {
  return std::ranges::all_of(request.dimensions,
                             [&](const auto& wanted) { return has(series, wanted); });
}

// Units make no metric of their own.
void add(std::vector<shapes::Metric>& metrics, const Series& series) {
  shapes::Metric metric{series.name_space, series.metric, series.dimensions};
  if (std::ranges::find(metrics, metric) == metrics.end()) metrics.push_back(std::move(metric));
}

std::string selection(const Request& request) {
  auto text = request.name_space.value_or("") + "\n" + request.metric_name.value_or("");
  for (const auto& [name, value] : request.dimensions)
    text += "\n" + name + "\n" + value.value_or("");
  return text;
}

}  // namespace

aws::Access ListMetrics::access(const Request&, const aws::Call&) const {
  return access_to("cloudwatch:ListMetrics");
}

Result<ListMetrics::Response, ApiError> ListMetrics::operator()(const Request& request,
                                                                const aws::Call& call) const {
  const auto chosen = selection(request);
  const aws::Listing listing{"cloudwatch:ListMetrics", call.caller.account, call.region, chosen};
  std::string place;
  if (request.next_token) {
    auto key = aws::page_key(listing, *request.next_token);
    if (!key) return invalid_value("The parameter NextToken is not a token of this list.");
    place = *std::move(key);
  }
  const auto active = request.recently_active ? std::chrono::milliseconds(kRecentlyActive)
                                              : std::chrono::milliseconds(kUsuallyActive);
  const SeriesFilter filter{.account = call.caller.account,
                            .region = call.region,
                            .name_space = request.name_space.value_or(""),
                            .metric = request.metric_name.value_or(""),
                            .newest_since = clock.now() - active};
  Response response;
  do {
    const auto listed = reader.list(filter, place);
    if (!listed) return listed.error();
    for (const auto& series : listed->series) {
      if (is_wanted(series, request)) add(response.metrics, series);
    }
    place = listed->next;
  } while (!place.empty() && response.metrics.empty());
  if (!place.empty()) response.next_token = aws::page_token(listing, place);
  return response;
}

}  // namespace everseal::cloudwatch
