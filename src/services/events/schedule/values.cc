#include "services/events/schedule/values.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "encoding/ascii.h"

namespace everseal::events::schedule {
namespace {

constexpr std::size_t kNameSize = 3;

struct Step {
  std::string_view values;
  int by = 1;
  bool is_open = false;  // "5/10": from there to the end
};

struct Stretch {
  int from;
  int to;
};

std::optional<int> number_in(std::string_view text) {
  int number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end || text.starts_with('-')) return std::nullopt;
  return number;
}

std::optional<int> named(std::string_view text, const Range& range) {
  if (text.size() != kNameSize) return std::nullopt;
  const auto name = encoding::lower_case(text);
  for (std::size_t at = 0; at < range.names.size(); at += kNameSize) {
    if (encoding::lower_case(range.names.substr(at, kNameSize)) == name)
      return range.first + static_cast<int>(at / kNameSize);
  }
  return std::nullopt;
}

Result<Step> step_of(std::string_view element, const Range& range) {
  const auto slash = element.find('/');
  if (slash == std::string_view::npos) return Step{element};
  const auto by = number_in(element.substr(slash + 1));
  if (!by || *by < 1 || *by > range.last || !range.has_increments) return not_valid(element);
  return Step{element.substr(0, slash), *by, /*is_open=*/true};
}

Result<Stretch> stretch_of(const Step& step, const Range& range) {
  if (step.values == "*") return Stretch{range.first, range.last};
  const auto dash = step.values.find('-');
  const auto from = value_in(step.values.substr(0, dash), range);
  if (!from) return not_valid(step.values);
  if (dash == std::string_view::npos) return Stretch{*from, step.is_open ? range.last : *from};
  const auto to = value_in(step.values.substr(dash + 1), range);
  if (!to || (*to < *from && !range.goes_round)) return not_valid(step.values);
  return Stretch{*from, *to < *from ? *to + range.size() : *to};
}

}  // namespace

Fault not_valid(std::string_view text) {
  return Fault::malformed("not valid in a schedule: " + std::string(text));
}

std::optional<int> value_in(std::string_view text, const Range& range) {
  const auto value = number_in(text);
  if (!value) return named(text, range);
  return *value < range.first || *value > range.last ? std::nullopt : value;
}

Outcome Values::add(std::string_view element) {
  const auto step = step_of(element, range_);
  if (!step) return step.error();
  const auto stretch = stretch_of(*step, range_);
  if (!stretch) return stretch.error();
  for (int value = stretch->from; value <= stretch->to; value += step->by)
    bits_.set(place_of(value) % static_cast<std::size_t>(range_.size()));
  return {};
}

Result<Values> Values::parse(std::string_view text, const Range& range) {
  Values values(range);
  for (std::size_t at = 0; at <= text.size();) {
    const auto comma = std::min(text.find(',', at), text.size());
    if (auto added = values.add(text.substr(at, comma - at)); !added) return added.error();
    at = comma + 1;
  }
  return values;
}

std::optional<int> Values::at_or_after(int value) const {
  for (int next = std::max(value, range_.first); next <= range_.last; ++next) {
    if (contains(next)) return next;
  }
  return std::nullopt;
}

}  // namespace everseal::events::schedule
