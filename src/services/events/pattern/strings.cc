#include "services/events/pattern/strings.h"

#include "encoding/ascii.h"

namespace everseal::events {

bool passes(const Affix& affix, std::string_view text) {
  const auto length = affix.text.size();
  if (text.size() < length) return false;
  const auto part =
      affix.end == Affix::End::Front ? text.substr(0, length) : text.substr(text.size() - length);
  return affix.letter_case == Case::Matters ? part == affix.text
                                            : encoding::equal_ignoring_case(part, affix.text);
}

bool passes(const SameText& same, std::string_view text) {
  return encoding::equal_ignoring_case(text, same.text);
}

}  // namespace everseal::events
