#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>

#include "encoding/utf8.h"
#include "services/events/json/json.h"

namespace everseal::events::json {
namespace {

constexpr int kDeepest = 100;
constexpr std::size_t kMostValues = 150'000;
constexpr std::size_t kFewMembers = 16;

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

std::optional<std::uint32_t> digit_of(char letter) {
  if (is_digit(letter)) return static_cast<std::uint32_t>(letter - '0');
  if (letter >= 'a' && letter <= 'f') return static_cast<std::uint32_t>(letter - 'a' + 10);
  if (letter >= 'A' && letter <= 'F') return static_cast<std::uint32_t>(letter - 'A' + 10);
  return std::nullopt;
}

void append_utf8(std::string& text, std::uint32_t point) {
  const auto add = [&](std::uint32_t octet) { text += static_cast<char>(octet); };
  const auto add_rest = [&](std::uint32_t shift) { add(0x80U | ((point >> shift) & 0x3FU)); };
  if (point < 0x80) {
    add(point);
  } else if (point < 0x800) {
    add(0xC0U | (point >> 6U));
    add_rest(0);
  } else if (point < 0x10000) {
    add(0xE0U | (point >> 12U));
    add_rest(6);
    add_rest(0);
  } else {
    add(0xF0U | (point >> 18U));
    add_rest(12);
    add_rest(6);
    add_rest(0);
  }
}

// Of equal names the last one stays, where it stands.
void drop_repeated(Members& members) {
  std::unordered_map<std::string_view, std::size_t> last;
  for (std::size_t i = 0; i < members.size(); ++i) last[members[i].name] = i;
  if (last.size() == members.size()) return;
  Members kept;
  std::vector<std::size_t> places;
  for (const auto& [name, place] : last) places.push_back(place);
  std::ranges::sort(places);
  for (const auto place : places) kept.push_back(std::move(members[place]));
  members = std::move(kept);
}

void drop_repeated_of_few(Members& members) {
  for (auto it = members.begin(); it != members.end();) {
    const bool again = std::ranges::any_of(
        it + 1, members.end(), [&](const auto& later) { return later.name == it->name; });
    it = again ? members.erase(it) : it + 1;
  }
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  // Whether all of the text was one value.
  bool read(Value& root) {
    skip_blanks();
    if (!value(root, 0)) return false;
    skip_blanks();
    return at_ == text_.size();
  }

 private:
  void skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
  bool ends() const { return at_ == text_.size(); }
  bool take(char letter) {
    if (ends() || text_[at_] != letter) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  bool value(Value& into, int depth) {
    if (ends() || depth > kDeepest || ++values_ > kMostValues) return false;
    into.begin = at_;
    const bool read = any_value(into, depth);
    into.end = at_;
    return read;
  }

  bool any_value(Value& into, int depth) {
    using Kind = Value::Kind;
    switch (text_[at_]) {
      case '{':
        into.kind = Kind::Object;
        return object(into.members, depth);
      case '[':
        into.kind = Kind::Array;
        return array(into.elements, depth);
      case '"':
        into.kind = Kind::String;
        return string(into.text);
      case 't':
        into.kind = Kind::True;
        return take("true");
      case 'f':
        into.kind = Kind::False;
        return take("false");
      case 'n':
        into.kind = Kind::Null;
        return take("null");
      default:
        into.kind = Kind::Number;
        return number(into.text);
    }
  }

  bool object(Members& members, int depth) {
    ++at_;
    skip_blanks();
    if (take('}')) return true;
    do {
      skip_blanks();
      if (!member(members.emplace_back(), depth)) return false;
      skip_blanks();
    } while (take(','));
    if (members.size() <= kFewMembers) {
      drop_repeated_of_few(members);
    } else {
      drop_repeated(members);
    }
    return take('}');
  }

  bool member(Member& into, int depth) {
    if (ends() || text_[at_] != '"' || !string(into.name)) return false;
    into.name_end = at_;
    skip_blanks();
    if (!take(':')) return false;
    skip_blanks();
    return value(into.value, depth + 1);
  }

  bool array(Elements& elements, int depth) {
    ++at_;
    skip_blanks();
    if (take(']')) return true;
    do {
      skip_blanks();
      if (!value(elements.emplace_back(), depth + 1)) return false;
      skip_blanks();
    } while (take(','));
    return take(']');
  }

  bool string(std::string& into) {
    ++at_;
    while (!ends()) {
      const auto plain = at_;
      while (!ends() && text_[at_] != '"' && text_[at_] != '\\') {
        if (static_cast<unsigned char>(text_[at_]) < 0x20) return false;
        ++at_;
      }
      into.append(text_.substr(plain, at_ - plain));
      if (take('"')) return true;
      if (!take('\\') || !escape(into)) return false;
    }
    return false;
  }

  bool escape(std::string& into) {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (ends()) return false;
    if (take('u')) return code_point(into);
    const auto found = letters.find(text_[at_++]);
    if (found == std::string_view::npos) return false;
    into += meanings[found];
    return true;
  }

  bool code_point(std::string& into) {
    const auto first = unit();
    if (!first || (*first >= 0xDC00 && *first < 0xE000)) return false;
    if (*first < 0xD800 || *first >= 0xE000) {
      append_utf8(into, *first);
      return true;
    }
    if (!take("\\u")) return false;
    const auto second = unit();
    if (!second || *second < 0xDC00 || *second >= 0xE000) return false;
    append_utf8(into, 0x10000U + ((*first - 0xD800U) << 10U) + (*second - 0xDC00U));
    return true;
  }

  std::optional<std::uint32_t> unit() {
    if (text_.size() - at_ < 4) return std::nullopt;
    std::uint32_t unit = 0;
    for (int i = 0; i < 4; ++i) {
      const auto digit = digit_of(text_[at_++]);
      if (!digit) return std::nullopt;
      unit = unit * 16 + *digit;
    }
    return unit;
  }

  bool digits() {
    const auto first = at_;
    while (!ends() && is_digit(text_[at_])) ++at_;
    return at_ > first;
  }

  bool number(std::string& into) {
    const auto first = at_;
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (take('e') || take('E')) {
      if (!take('-')) take('+');
      if (!digits()) return false;
    }
    into = text_.substr(first, at_ - first);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t values_ = 0;
};

}  // namespace

Result<Value> parse(std::string_view text) {
  Value root;
  if (!encoding::utf8_length(text) || !Reader(text).read(root)) {
    return Fault::malformed("not JSON");
  }
  return root;
}

}  // namespace everseal::events::json
