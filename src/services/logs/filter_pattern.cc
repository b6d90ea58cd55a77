#include "services/logs/filter_pattern.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/logs/errors.h"
#include "services/logs/json_filter.h"

namespace everseal::logs {
namespace {

constexpr std::string_view blanks = " \t\r\n";

// Parts of the text that must be there, or must not.
class Terms final : public FilterPattern::Condition {
 public:
  std::vector<std::string> all;
  std::vector<std::string> none;
  std::vector<std::string> any;

  bool holds(std::string_view message) const override {
    const auto is_there = [&](const std::string& term) {
      return message.find(term) != message.npos;
    };
    if (std::ranges::any_of(none, is_there) || !std::ranges::all_of(all, is_there)) return false;
    const bool any_counts = all.empty() && none.empty() && !any.empty();
    return !any_counts || std::ranges::any_of(any, is_there);
  }
};

// A word, or what stands between quotation marks, where a backslash takes the next one as it is.
// Nothing: the quotation does not end.
std::optional<std::string> take_term(std::string_view& text) {
  std::string term;
  if (!text.starts_with('"')) {
    const auto word = text.substr(0, text.find_first_of(blanks));
    text.remove_prefix(word.size());
    return std::string(word);
  }
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '"') {
      text.remove_prefix(at + 1);
      return term;
    }
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    term += text[at];
  }
  return std::nullopt;
}

Result<std::shared_ptr<const FilterPattern::Condition>, ApiError> parse_terms(
    std::string_view text) {
  auto terms = std::make_shared<Terms>();
  while (!text.empty()) {
    const char sign = text.front();
    if (sign == '-' || sign == '?') text.remove_prefix(1);
    if (text.starts_with('%')) return invalid_filter("regular expressions are not spoken here");
    const auto term = take_term(text);
    if (!term) return invalid_filter("a quotation does not end");
    if (term->empty()) return invalid_filter("an empty term");
    (sign == '-' ? terms->none : sign == '?' ? terms->any : terms->all).push_back(*term);
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  }
  return std::shared_ptr<const FilterPattern::Condition>(std::move(terms));
}

std::string_view without_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

}  // namespace

Result<FilterPattern, ApiError> FilterPattern::parse(std::string_view text) {
  text = without_blanks(text);
  if (text.empty()) return FilterPattern(nullptr);
  if (text.starts_with('[')) return invalid_filter("columns are not spoken here");
  auto condition = text.starts_with('{') ? parse_json_filter(text) : parse_terms(text);
  if (!condition) return condition.error();
  return FilterPattern(*std::move(condition));
}

bool FilterPattern::matches(std::string_view message) const {
  return !condition_ || condition_->holds(message);
}

}  // namespace everseal::logs
