#include "services/events/pattern/wildcard.h"

#include <algorithm>

namespace everseal::events {
namespace {

std::string at_position(std::string_view what, std::size_t position) {
  return std::string(what) + " at pos " + std::to_string(position);
}

// The longest chain of prefixes of the text of which each ends the next one: "aaa" has 3, "aba" 2.
std::size_t self_overlap(std::string_view text) {
  std::vector<std::size_t> border(text.size() + 1, 0), chain(text.size() + 1, 0);
  std::size_t longest = 0;
  for (std::size_t i = 1; i <= text.size(); ++i) {
    auto length = i > 1 ? border[i - 1] : 0;
    while (length > 0 && text[length] != text[i - 1]) length = border[length];
    if (i > 1 && text[length] == text[i - 1]) ++length;
    border[i] = length;
    chain[i] = chain[length] + 1;
    longest = std::max(longest, chain[i]);
  }
  return longest;
}

}  // namespace

Result<Wildcard, std::string> Wildcard::parse(std::string_view text) {
  Wildcard made;
  made.pieces_.emplace_back();
  bool after_star = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '*') {
      if (after_star) return at_position("Consecutive wildcard characters", i);
      made.pieces_.emplace_back();
      after_star = true;
      continue;
    }
    after_star = false;
    if (text[i] == '\\') {
      const bool known = i + 1 < text.size() && (text[i + 1] == '*' || text[i + 1] == '\\');
      if (!known) return at_position("Invalid escape character", i);
      ++i;
    }
    made.pieces_.back() += text[i];
  }
  return made;
}

// The first place of each piece is as good as any later one.
bool Wildcard::matches(std::string_view text) const {
  if (pieces_.size() == 1) return text == pieces_.front();
  const auto& last = pieces_.back();
  if (!text.starts_with(pieces_.front())) return false;
  text.remove_prefix(pieces_.front().size());
  if (!text.ends_with(last)) return false;
  text.remove_suffix(last.size());
  for (std::size_t i = 1; i + 1 < pieces_.size(); ++i) {
    const auto found = text.find(pieces_[i]);
    if (found == std::string_view::npos) return false;
    text.remove_prefix(found + pieces_[i].size());
  }
  return true;
}

std::size_t Wildcard::states() const {
  std::size_t count = 0;
  for (std::size_t i = 1; i < pieces_.size(); ++i) count += 1 + self_overlap(pieces_[i]);
  return count;
}

}  // namespace everseal::events
