#include "services/cloudwatch/operations/get_metric_data.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <set>
#include <utility>

#include "aws/pagination.h"
#include "services/cloudwatch/errors.h"
#include "services/cloudwatch/periods.h"

namespace everseal::cloudwatch {
namespace {

using Request = GetMetricData::Request;
using MetricDataResult = GetMetricData::MetricDataResult;

constexpr std::int64_t kMostPoints = 100'800;

// What one query asks for, understood.
struct Question {
  const GetMetricData::Query& query;
  const GetMetricData::MetricStat& of;
  Statistic statistic;
  Periods periods;
};

Result<Question, ApiError> understood(const GetMetricData::Query& query, const Request& request) {
  if (query.expression) return unsupported("Metric math (Expression)");
  if (!query.metric_stat)
    return missing("Either MetricStat or Expression must be specified for " + query.id);
  const auto& of = *query.metric_stat;
  const auto statistic = aws::named<Statistic>(of.stat);
  if (!statistic) return unsupported("The Stat " + of.stat);
  const auto periods = Periods::of(request.start_time, request.end_time, of.period);
  if (!periods) return periods.error();
  return Question{query, of, *statistic, *periods};
}

Result<std::vector<Question>, ApiError> understood(const Request& request) {
  std::vector<Question> questions;
  std::set<std::string_view> ids;
  std::int64_t points = 0;
  for (const auto& query : request.queries) {
    if (!ids.insert(query.id).second)
      return invalid_value("The Id " + query.id + " is there twice.");
    auto question = understood(query, request);
    if (!question) return question.error();
    points += question->periods.count();
    if (query.return_data.value_or(true)) questions.push_back(*question);
  }
  if (points > kMostPoints)
    return invalid_value("You have requested up to " + std::to_string(points) +
                         " datapoints, which exceeds the limit of 100,800.");
  return questions;
}

Result<MetricDataResult, ApiError> answered(const Question& question, const Request& request,
                                            const aws::Call& call, const Reader& reader) {
  const auto& [query, of, statistic, periods] = question;
  const auto points =
      reader.points({call.caller.account, call.region, of.metric.name_space, of.metric.metric_name},
                    of.metric.dimensions, periods.from(), periods.until());
  if (!points) return points.error();
  Points all;
  for (const auto& [unit, minutes] : *points) {
    if (unit != of.unit.value_or(unit)) continue;
    for (const auto& [begins_at, figures] : periods.cut(minutes)) all[begins_at].add(figures);
  }
  MetricDataResult result{
      query.id, query.label.value_or(of.metric.metric_name), {}, {}, "Complete"};
  for (const auto& [begins_at, figures] : all) {
    result.timestamps.push_back(begins_at);
    result.values.push_back(value_of(figures, statistic));
  }
  if (request.scan_by != ScanBy::TimestampAscending) {
    std::ranges::reverse(result.timestamps);
    std::ranges::reverse(result.values);
  }
  return result;
}

// Leaves the points from `first` on, at most `room`. Whether there were more.
bool cut(MetricDataResult& result, std::size_t first, std::size_t room) {
  const auto size = result.values.size();
  const auto begin = std::min(first, size);
  const auto end = std::min(begin + room, size);
  const auto keep = [&](auto& list) {
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(end), list.end());
    list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(begin));
  };
  keep(result.timestamps);
  keep(result.values);
  if (end < size) result.status_code = "PartialData";
  return end < size;
}

// Where a page begins: how many points were on those before.
Result<std::size_t, ApiError> beginning(const aws::Listing& listing,
                                        const std::optional<std::string>& token) {
  if (!token) return 0;
  const auto key = aws::page_key(listing, *token);
  std::size_t number = 0;
  if (!key || std::from_chars(key->data(), key->data() + key->size(), number).ec != std::errc{})
    return invalid_token();
  return number;
}

// Of all the results the points from there on, as many as a page has; those before are not said
// again. How many there were up to the end of the page, if there are more.
std::optional<std::size_t> take_page(std::vector<MetricDataResult>& results, std::size_t first,
                                     std::size_t size) {
  std::size_t seen = 0;  // points before this result
  std::size_t room = size;
  for (auto at = results.begin(); at != results.end();) {
    const auto here = at->values.size();
    const auto skipped = first > seen ? std::min(first - seen, here) : 0;
    seen += here;
    const bool is_over = cut(*at, skipped, room);
    room -= at->values.size();
    if (is_over) {
      results.erase(at + 1, results.end());
      return first + size;
    }
    at = skipped > 0 && at->values.empty() ? results.erase(at) : at + 1;
  }
  return std::nullopt;
}

}  // namespace

aws::Access GetMetricData::access(const Request&, const aws::Call&) const {
  return access_to("cloudwatch:GetMetricData");
}

Result<GetMetricData::Response, ApiError> GetMetricData::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  const auto questions = understood(request);
  if (!questions) return questions.error();
  const aws::Listing listing{"cloudwatch:GetMetricData", call.caller.account, call.region};
  const auto first = beginning(listing, request.next_token);
  if (!first) return first.error();
  Response response;
  for (const auto& question : *questions) {
    auto result = answered(question, request, call, reader);
    if (!result) return result.error();
    response.results.push_back(*std::move(result));
  }
  const auto size = static_cast<std::size_t>(request.max_datapoints.value_or(kMostPoints));
  const auto next = take_page(response.results, *first, size);
  if (next) response.next_token = aws::page_token(listing, std::to_string(*next));
  return response;
}

}  // namespace everseal::cloudwatch
