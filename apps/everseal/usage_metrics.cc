#include "usage_metrics.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

#include "services/acmpca/authority/authority_arn.h"
#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/authority/lifetimes.h"
#include "services/acmpca/certificates/issued_counts.h"

namespace everseal::app {
namespace {

using cloudwatch::Dimension;
using cloudwatch::Points;
using cloudwatch::Series;
using cloudwatch::Statistics;

// As long as points that were measured are kept.
constexpr std::chrono::days kFine{63};
constexpr std::chrono::days kKept{455};

// A point begins there, and says what was so at the end.
struct Span {
  TimePoint begin, end;
};

TimePoint next_multiple(TimePoint time, std::chrono::minutes length) {
  const auto over = time.time_since_epoch() % std::chrono::milliseconds(length);
  return over.count() == 0 ? time : time - over + length;
}

// Those that begin in [from, until); the last one ends now.
std::vector<Span> spans_between(TimePoint from, TimePoint until, TimePoint now) {
  constexpr std::chrono::minutes kHour{60};
  const auto after_now = now + std::chrono::milliseconds{1};
  std::vector<Span> spans;
  const auto add = [&](TimePoint first, TimePoint last, std::chrono::minutes length) {
    for (auto at = next_multiple(first, length); at < last; at += length)
      spans.push_back({at, std::min(at + length, after_now)});
  };
  const auto fine_from = next_multiple(now - kFine, kHour);
  const auto last = std::min(until, after_now);
  add(std::max(from, now - kKept), std::min(last, fine_from), kHour);
  add(std::max(from, fine_from), last, acmpca::issued_count_period);
  return spans;
}

std::vector<Dimension> of_resource(std::string resource) {
  return {{"Class", "None"},
          {"Resource", std::move(resource)},
          {"Service", "ACMPrivateCA"},
          {"Type", "Resource"}};
}

// What it is the usage of; nothing: they are no such dimensions.
std::optional<std::string> resource_of(std::vector<Dimension> dimensions) {
  std::ranges::sort(dimensions);
  if (dimensions.size() < 2) return std::nullopt;
  auto resource = dimensions[1].value;
  if (dimensions != of_resource(resource)) return std::nullopt;
  return resource;
}

Series series_of(const cloudwatch::ComputedMetric& metric, std::string_view account,
                 std::string_view region, std::string resource) {
  return {std::string(account), std::string(region), std::string(metric.name_space()),
          std::string(metric.metric()), of_resource(std::move(resource))};
}

void add_point(Points& points, TimePoint at, std::int64_t value) {
  points.emplace_hint(points.end(), at, Statistics::of(static_cast<double>(value)));
}

// How many of the times are before that one.
std::int64_t before(const std::vector<TimePoint>& sorted, TimePoint time) {
  return std::ranges::lower_bound(sorted, time) - sorted.begin();
}

bool is_there_before(TimePoint end, const acmpca::Lifetime& ca) {
  return ca.created_at < end && (!ca.gone_at || *ca.gone_at >= end);
}

// The CA of that ARN, if it is one of the account and region.
Result<std::optional<acmpca::Lifetime>> lifetime_of(sql::Snapshot& view,
                                                    const std::optional<std::string>& arn,
                                                    const cloudwatch::NamedMetric& owner) {
  const auto parsed = acmpca::AuthorityArn::parse(arn.value_or(""));
  if (!parsed || parsed->account() != owner.account || parsed->region() != owner.region)
    return std::optional<acmpca::Lifetime>{};
  return acmpca::lifetime_of(view, *arn);
}

}  // namespace

Result<Points> CertificateAuthorityUsage::points(sql::Snapshot& view,
                                                 const cloudwatch::NamedMetric& metric,
                                                 const std::vector<Dimension>& dimensions,
                                                 TimePoint from, TimePoint until) const {
  if (resource_of(dimensions) != this->metric()) return Points{};
  const auto lifetimes = acmpca::lifetimes_of(view, {metric.account, metric.region});
  if (!lifetimes) return lifetimes.error();
  std::vector<TimePoint> created, gone;
  for (const auto& ca : *lifetimes) {
    created.push_back(ca.created_at);
    if (ca.gone_at) gone.push_back(*ca.gone_at);
  }
  std::ranges::sort(created);
  std::ranges::sort(gone);
  Points points;
  for (const auto& [begin, end] : spans_between(from, until, clock_.now())) {
    const auto came = before(created, end);
    if (came > 0) add_point(points, begin, came - before(gone, end));
  }
  return points;
}

Result<cloudwatch::ComputedMetric::Listed> CertificateAuthorityUsage::list(sql::Snapshot& view,
                                                                           std::string_view account,
                                                                           std::string_view region,
                                                                           const std::string&,
                                                                           std::size_t) const {
  const auto count = acmpca::count_authorities(view, {account, region}, clock_.now());
  if (!count) return count.error();
  if (*count == 0) return Listed{};
  return Listed{{series_of(*this, account, region, std::string(metric()))}, {}};
}

Result<Points> CertificatesPerCaUsage::points(sql::Snapshot& view,
                                              const cloudwatch::NamedMetric& metric,
                                              const std::vector<Dimension>& dimensions,
                                              TimePoint from, TimePoint until) const {
  const auto ca = lifetime_of(view, resource_of(dimensions), metric);
  if (!ca) return ca.error();
  const auto spans = spans_between(from, until, clock_.now());
  if (!*ca || spans.empty()) return Points{};
  const auto issued = acmpca::issued_by(view, (*ca)->id, spans.front().begin, spans.back().end);
  if (!issued) return issued.error();
  Points points;
  for (const auto& [begin, end] : spans) {
    if (is_there_before(end, **ca))
      add_point(points, begin, std::prev(issued->lower_bound(end))->second);
  }
  return points;
}

Result<cloudwatch::ComputedMetric::Listed> CertificatesPerCaUsage::list(sql::Snapshot& view,
                                                                        std::string_view account,
                                                                        std::string_view region,
                                                                        const std::string& after,
                                                                        std::size_t limit) const {
  std::int64_t last = 0;
  std::from_chars(after.data(), after.data() + after.size(), last);
  const auto some =
      acmpca::list_authorities(view, {account, region}, last, limit + 1, clock_.now());
  if (!some) return some.error();
  Listed listed;
  for (const auto& ca : *some) {
    if (listed.series.size() == limit) {
      listed.next = std::to_string(last);
      break;
    }
    last = ca.id;
    listed.series.push_back(series_of(*this, account, region, ca.arn.text()));
  }
  return listed;
}

}  // namespace everseal::app
