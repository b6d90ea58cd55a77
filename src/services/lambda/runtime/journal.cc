#include "services/lambda/runtime/journal.h"

#include <algorithm>
#include <utility>

#include "encoding/utf8.h"

namespace everseal::lambda::runtime {
namespace {

constexpr std::size_t longest_tail = 4 << 10;
constexpr std::size_t longest_line = 256 << 10;
constexpr std::size_t most_told = 1 << 20;

// How many octets the first character has; 0: it is none.
std::size_t character_length(std::string_view text) {
  constexpr std::size_t longest = 4;
  for (std::size_t length = 1; length <= std::min(text.size(), longest); ++length) {
    if (encoding::utf8_length(text.substr(0, length)) == 1U) return length;
  }
  return 0;
}

std::string as_utf8(std::string_view octets) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  if (encoding::utf8_length(octets)) return std::string(octets);
  std::string text;
  while (!octets.empty()) {
    const auto length = character_length(octets);
    text += length == 0 ? replacement : octets.substr(0, length);
    octets.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return text;
}

}  // namespace

void Journal::append(std::string_view octets) {
  while (!octets.empty()) {
    const auto end = octets.find('\n');
    const auto piece = octets.substr(0, end);
    const auto room = longest_line - std::min(unfinished_.size(), longest_line);
    unfinished_.append(piece.substr(0, room));
    octets.remove_prefix(end == octets.npos ? octets.size() : end + 1);
    if (end != octets.npos) end_line();
  }
}

void Journal::end_line() {
  auto text = as_utf8(std::exchange(unfinished_, {}));
  told_ += text.size() + 1;
  if (told_ > most_told) {
    ++left_out_;
    return;
  }
  tell(std::move(text));
}

void Journal::say(const std::string& text) {
  if (!unfinished_.empty()) end_line();
  tell(text);
}

void Journal::finish() {
  if (!unfinished_.empty()) end_line();
  if (left_out_ > 0) tell(std::to_string(left_out_) + " more lines of output were left out");
}

void Journal::tell(std::string text) {
  tail_ += text + "\n";
  if (tail_.size() > longest_tail) {
    auto cut = tail_.size() - longest_tail;
    constexpr auto is_inside = [](char octet) {
      return (static_cast<unsigned char>(octet) & 0xc0U) == 0x80U;
    };
    while (cut < tail_.size() && is_inside(tail_[cut])) ++cut;
    tail_.erase(0, cut);
  }
  sink_({clock_.now(), std::move(text)});
}

}  // namespace everseal::lambda::runtime
