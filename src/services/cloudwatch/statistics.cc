#include "services/cloudwatch/statistics.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace everseal::cloudwatch {
namespace {

std::string decimal(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

// Takes a number off the text.
std::optional<double> next(std::string_view& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with(' ')) text.remove_prefix(1);
  return value;
}

}  // namespace

void Statistics::add(const Statistics& more) {
  if (more.samples == 0) return;
  if (samples == 0) {
    *this = more;
    return;
  }
  samples += more.samples;
  sum += more.sum;
  least = std::min(least, more.least);
  most = std::max(most, more.most);
}

std::string Statistics::text() const {
  return decimal(samples) + " " + decimal(sum) + " " + decimal(least) + " " + decimal(most);
}

std::optional<Statistics> Statistics::parse(std::string_view text) {
  const auto samples = next(text);
  const auto sum = next(text);
  const auto least = next(text);
  const auto most = next(text);
  if (!samples || !sum || !least || !most || !text.empty()) return std::nullopt;
  return Statistics{*samples, *sum, *least, *most};
}

}  // namespace everseal::cloudwatch
