#include "aws/protocol/pattern.h"

#include <re2/re2.h>

#include <charconv>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <stdexcept>

namespace everseal::aws::protocol {
namespace {

// "\uXXXX" at the beginning of the text.
std::optional<std::uint32_t> unit_at(std::string_view text) {
  if (text.size() < 6 || !text.starts_with("\\u")) return std::nullopt;
  std::uint32_t unit = 0;
  const char* end = text.data() + 6;
  const auto [stopped, error] = std::from_chars(text.data() + 2, end, unit, 16);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return unit;
}

std::uint32_t joined(std::uint32_t high, std::uint32_t low) {
  return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

void add_code_point(std::string& re2, std::uint32_t code_point) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), code_point, 16).ptr;
  re2.append("\\x{").append(digits.data(), end).append("}");
}

// Patterns are literals: as many as the program has fields, so the map stays small.
class Compiled {
 public:
  const RE2& of(std::string_view pattern) {
    {
      const std::shared_lock lock(mutex_);
      if (const auto found = patterns_.find(pattern); found != patterns_.end()) {
        return *found->second;
      }
    }
    auto made = compile(pattern);
    const std::unique_lock lock(mutex_);
    return *patterns_.try_emplace(std::string(pattern), std::move(made)).first->second;
  }

 private:
  static std::unique_ptr<RE2> compile(std::string_view pattern) {
    RE2::Options options;
    options.set_log_errors(false);
    auto compiled = std::make_unique<RE2>(to_re2(pattern), options);
    if (!compiled->ok()) {
      throw std::logic_error("RE2 does not understand \"" + std::string(pattern) +
                             "\": " + compiled->error());
    }
    return compiled;
  }

  std::shared_mutex mutex_;
  std::map<std::string, std::unique_ptr<RE2>, std::less<>> patterns_;
};

// What a text compiles to does not depend on who asks, so one table serves the whole program.
const RE2& compiled(std::string_view pattern) {
  static Compiled table;
  return table.of(pattern);
}

std::string_view for_re2(const Constraints& constraints) {
  return constraints.re2.empty() ? constraints.pattern : constraints.re2;
}

}  // namespace

std::string to_re2(std::string_view java) {
  std::string re2;
  for (std::size_t at = 0; at < java.size();) {
    if (const auto unit = unit_at(java.substr(at))) {
      const bool is_high = *unit >= 0xd800 && *unit < 0xdc00;
      const auto low = is_high ? unit_at(java.substr(at + 6)) : std::nullopt;
      add_code_point(re2, low ? joined(*unit, *low) : *unit);
      at += low ? 12 : 6;
    } else {
      const std::size_t length = java[at] == '\\' && at + 1 < java.size() ? 2 : 1;
      re2.append(java.substr(at, length));
      at += length;
    }
  }
  return re2;
}

bool matches(std::string_view text, const Constraints& constraints) {
  if (constraints.pattern.empty()) return true;
  return RE2::FullMatch({text.data(), text.size()}, compiled(for_re2(constraints)));
}

void compile_patterns(const Shape& shape) {
  if (shape.element != nullptr) compile_patterns(*shape.element);
  for (const auto& member : shape.members) {
    for (const auto* constraints : {&member.constraints, &member.element_constraints}) {
      if (!constraints->pattern.empty()) compiled(for_re2(*constraints));
    }
    compile_patterns(*member.shape);
  }
}

}  // namespace everseal::aws::protocol
