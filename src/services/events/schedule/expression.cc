#include "services/events/schedule/expression.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <utility>

namespace everseal::events::schedule {
namespace {

using std::chrono::minutes;

constexpr std::string_view kCron = "cron(";
constexpr std::string_view kRate = "rate(";

constexpr std::array<std::pair<std::string_view, minutes>, 3> kUnits{
    {{"minute", minutes(1)}, {"hour", std::chrono::hours(1)}, {"day", std::chrono::days(1)}}};

std::optional<std::int32_t> count_in(std::string_view text) {
  std::int32_t count = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, count);
  if (error != std::errc{} || stop != end || count < 1) return std::nullopt;
  return count;
}

}  // namespace

Result<Expression> Expression::parse(std::string_view text) {
  if (!text.ends_with(')')) return not_valid(text);
  const auto inner = text.substr(std::min(kCron.size(), text.size() - 1));
  if (text.starts_with(kRate)) return parse_rate(inner.substr(0, inner.size() - 1));
  if (!text.starts_with(kCron)) return not_valid(text);
  const auto cron = Cron::parse(inner.substr(0, inner.size() - 1));
  if (!cron) return cron.error();
  return Expression(*cron);
}

Result<Expression> Expression::parse_rate(std::string_view text) {
  const auto blank = std::min(text.find(' '), text.size());
  const auto count = count_in(text.substr(0, blank));
  if (!count) return not_valid(text);
  const auto unit = text.substr(std::min(blank + 1, text.size()));
  for (const auto& [name, period] : kUnits) {
    if (unit == std::string(name) + (*count == 1 ? "" : "s")) return Expression(*count * period);
  }
  return not_valid(text);
}

std::optional<TimePoint> Expression::first_after(TimePoint start) const {
  const auto minute = std::chrono::floor<minutes>(start);
  if (const auto* period = std::get_if<Period>(&form_)) return minute + *period;
  return std::get<Cron>(form_).next_after(start);
}

std::optional<TimePoint> Expression::next_after(TimePoint planned, TimePoint now) const {
  const auto latest = std::max(planned, now);
  const auto* period = std::get_if<Period>(&form_);
  if (period == nullptr) return std::get<Cron>(form_).next_after(latest);
  return planned + ((latest - planned) / *period + 1) * *period;
}

}  // namespace everseal::events::schedule
