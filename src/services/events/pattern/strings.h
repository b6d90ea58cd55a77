#pragma once

#include <string>
#include <string_view>

#include "services/events/json/json.h"

namespace everseal::events {

enum class Case { Matters, Ignored };

// How a text begins or ends.
struct Affix {
  enum class End { Front, Back };
  End end{};
  std::string text;
  Case letter_case = Case::Matters;
};

// The same text in any case of A to Z.
struct SameText {
  std::string text;
};

bool passes(const Affix& affix, std::string_view text);
bool passes(const SameText& same, std::string_view text);

}  // namespace everseal::events
