#include "services/s3/values/range.h"

#include <algorithm>
#include <charconv>

#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

using Found = std::optional<Range>;

constexpr std::string_view unit = "bytes=";

bool is_number(std::string_view text) {
  return std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

// Digits only; what is too large is as large as can be.
std::uint64_t number_in(std::string_view digits) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return read.ec == std::errc() ? number : UINT64_MAX;
}

}  // namespace

std::string Range::content_range(std::uint64_t size) const {
  return "bytes " + std::to_string(offset) + "-" + std::to_string(offset + length - 1) + "/" +
         std::to_string(size);
}

Result<std::optional<Range>, ApiError> read_range(std::string_view header, std::uint64_t size) {
  const auto wanted = header.substr(std::min(header.size(), unit.size()));
  const auto hyphen = wanted.find('-');
  if (!header.starts_with(unit) || hyphen == wanted.npos) return Found();
  const auto first = wanted.substr(0, hyphen);
  const auto last = wanted.substr(hyphen + 1);
  if (!is_number(first) || !is_number(last) || (first.empty() && last.empty())) return Found();
  if (first.empty()) {
    const auto length = std::min(number_in(last), size);
    if (length == 0) return invalid_range(header, size);
    return Found({size - length, length});
  }
  const auto begin = number_in(first);
  const auto end = last.empty() ? UINT64_MAX : number_in(last);
  if (end < begin) return Found();
  if (begin >= size) return invalid_range(header, size);
  return Found({begin, std::min(end, size - 1) - begin + 1});
}

}  // namespace everseal::s3
