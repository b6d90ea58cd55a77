#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.h"

namespace everseal::events {

// A text with `*` for any run of characters, also none; `\*` and `\\` stand for themselves.
class Wildcard {
 public:
  // The error is AWS's sentence: "Consecutive wildcard characters at pos 3".
  static Result<Wildcard, std::string> parse(std::string_view text);

  bool matches(std::string_view text) const;

  // How many of its prefixes at most one text can end at the same time: what a matcher that tries
  // all of them at once would have to keep, and a bound for what looking for them costs.
  std::size_t states() const;

 private:
  // What stands between the stars; empty texts stand before a first and behind a last star.
  std::vector<std::string> pieces_;
};

}  // namespace everseal::events
