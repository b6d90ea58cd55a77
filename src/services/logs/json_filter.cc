#include "services/logs/json_filter.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "aws/document.h"
#include "aws/protocol/json.h"
#include "services/logs/errors.h"

namespace everseal::logs {
namespace {

using aws::Document;

constexpr int deepest = 16;
constexpr std::string_view blanks = " \t\r\n";

// "$.detail.names[0]"
using Step = std::variant<std::string, std::size_t>;
using Selector = std::vector<Step>;

const Document* select(const Document& document, const Selector& selector) {
  const Document* at = &document;
  for (const auto& step : selector) {
    if (const auto* name = std::get_if<std::string>(&step)) {
      at = at->find(*name);
    } else {
      const auto* list = at->as<Document::List>();
      const auto index = std::get<std::size_t>(step);
      at = list != nullptr && index < list->size() ? &(*list)[index] : nullptr;
    }
    if (at == nullptr) return nullptr;
  }
  return at;
}

std::optional<double> number_of(const Document& value) {
  if (const auto* whole = value.as<std::int64_t>()) return static_cast<double>(*whole);
  if (const auto* real = value.as<double>()) return *real;
  return std::nullopt;
}

// "*" stands for any text.
bool is_like(std::string_view text, std::string_view pattern) {
  std::size_t text_at = 0, pattern_at = 0, star = pattern.npos, star_text = 0;
  while (text_at < text.size()) {
    if (pattern_at < pattern.size() && pattern[pattern_at] == '*') {
      star = pattern_at++;
      star_text = text_at;
    } else if (pattern_at < pattern.size() && pattern[pattern_at] == text[text_at]) {
      ++pattern_at;
      ++text_at;
    } else if (star != pattern.npos) {
      pattern_at = star + 1;
      text_at = ++star_text;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', pattern_at) == pattern.npos;
}

// One condition of the tree.
class Node {
 public:
  virtual ~Node() = default;
  virtual bool holds(const Document& document) const = 0;
};
using NodePtr = std::unique_ptr<const Node>;
using Parsed = Result<NodePtr, ApiError>;

class Both final : public Node {
 public:
  Both(NodePtr left, NodePtr right) : left_(std::move(left)), right_(std::move(right)) {}
  bool holds(const Document& document) const override {
    return left_->holds(document) && right_->holds(document);
  }

 private:
  NodePtr left_, right_;
};

class Either final : public Node {
 public:
  Either(NodePtr left, NodePtr right) : left_(std::move(left)), right_(std::move(right)) {}
  bool holds(const Document& document) const override {
    return left_->holds(document) || right_->holds(document);
  }

 private:
  NodePtr left_, right_;
};

enum class Comparison { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

class Compared final : public Node {
 public:
  Compared(Selector selector, Comparison comparison, std::string value)
      : selector_(std::move(selector)), comparison_(comparison), value_(std::move(value)) {
    double number = 0;
    const auto [end, error] = std::from_chars(value_.data(), value_.data() + value_.size(), number);
    if (error == std::errc() && end == value_.data() + value_.size()) number_ = number;
  }
  bool is_possible() const {
    return number_ || comparison_ == Comparison::Equal || comparison_ == Comparison::NotEqual;
  }
  bool holds(const Document& document) const override {
    const auto* found = select(document, selector_);
    if (found == nullptr) return false;
    if (const auto* text = found->as<std::string>()) return compare_text(*text);
    const auto number = number_of(*found);
    if (number && number_) return compare_numbers(*number, *number_);
    return comparison_ == Comparison::NotEqual && number.has_value();
  }

 private:
  bool compare_text(std::string_view text) const {
    if (comparison_ == Comparison::Equal) return is_like(text, value_);
    return comparison_ == Comparison::NotEqual && !is_like(text, value_);
  }
  bool compare_numbers(double left, double right) const {
    switch (comparison_) {
      case Comparison::Equal:
        return left == right;
      case Comparison::NotEqual:
        return left != right;
      case Comparison::Less:
        return left < right;
      case Comparison::LessOrEqual:
        return left <= right;
      case Comparison::Greater:
        return left > right;
      case Comparison::GreaterOrEqual:
        break;
    }
    return left >= right;
  }

  Selector selector_;
  Comparison comparison_;
  std::string value_;
  std::optional<double> number_;
};

enum class Is { Null, True, False, There, NotThere };

class State final : public Node {
 public:
  State(Selector selector, Is wanted) : selector_(std::move(selector)), wanted_(wanted) {}
  bool holds(const Document& document) const override {
    const auto* found = select(document, selector_);
    if (wanted_ == Is::There || wanted_ == Is::NotThere) {
      return (found != nullptr) == (wanted_ == Is::There);
    }
    if (found == nullptr) return false;
    if (wanted_ == Is::Null) return found->is_null();
    const auto* truth = found->as<bool>();
    return truth != nullptr && *truth == (wanted_ == Is::True);
  }

 private:
  Selector selector_;
  Is wanted_;
};

// { condition } with condition = all || all, all = one && one, one = ( condition ) | $.x = value.
class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  Parsed whole() {
    if (!take("{")) return invalid_filter("no {");
    auto condition = any(0);
    if (!condition) return condition;
    if (!take("}") || !rest_.empty()) return invalid_filter("no } at the end");
    return condition;
  }

 private:
  Parsed any(int depth) {
    auto left = all(depth);
    while (left && take("||")) {
      auto right = all(depth);
      if (!right) return right;
      left = NodePtr(std::make_unique<Either>(*std::move(left), *std::move(right)));
    }
    return left;
  }

  Parsed all(int depth) {
    auto left = one(depth);
    while (left && take("&&")) {
      auto right = one(depth);
      if (!right) return right;
      left = NodePtr(std::make_unique<Both>(*std::move(left), *std::move(right)));
    }
    return left;
  }

  Parsed one(int depth) {
    if (depth == deepest) return invalid_filter("it is nested too deeply");
    if (!take("(")) return leaf();
    auto inner = any(depth + 1);
    if (inner && !take(")")) return invalid_filter("no )");
    return inner;
  }

  Parsed leaf() {
    auto selector = take_selector();
    if (!selector) return invalid_filter("no $.name");
    constexpr std::pair<std::string_view, Is> states[] = {{"IS NULL", Is::Null},
                                                          {"IS TRUE", Is::True},
                                                          {"IS FALSE", Is::False},
                                                          {"NOT EXISTS", Is::NotThere},
                                                          {"EXISTS", Is::There}};
    for (const auto& [words, state] : states) {
      if (take(words)) return NodePtr(std::make_unique<State>(*std::move(selector), state));
    }
    constexpr std::pair<std::string_view, Comparison> comparisons[] = {
        {"!=", Comparison::NotEqual},
        {"<=", Comparison::LessOrEqual},
        {">=", Comparison::GreaterOrEqual},
        {"=", Comparison::Equal},
        {"<", Comparison::Less},
        {">", Comparison::Greater}};
    for (const auto& [sign, comparison] : comparisons) {
      if (take(sign)) return compared(*std::move(selector), comparison);
    }
    return invalid_filter("no comparison");
  }

  Parsed compared(Selector selector, Comparison comparison) {
    auto value = take_value();
    if (!value) return invalid_filter("no value");
    auto node = std::make_unique<Compared>(std::move(selector), comparison, *std::move(value));
    if (!node->is_possible()) return invalid_filter("only numbers are less or greater");
    return NodePtr(std::move(node));
  }

  void skip_blanks() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
  }
  bool take(std::string_view token) {
    skip_blanks();
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    skip_blanks();
    return true;
  }

  std::optional<Selector> take_selector() {
    skip_blanks();
    if (!rest_.starts_with('$')) return std::nullopt;
    rest_.remove_prefix(1);
    Selector selector;
    for (;;) {
      if (rest_.starts_with('.')) {
        rest_.remove_prefix(1);
        const auto name = rest_.substr(0, rest_.find_first_of(" \t\r\n.[]=!<>(){}&|\""));
        if (name.empty()) return std::nullopt;
        selector.emplace_back(std::string(name));
        rest_.remove_prefix(name.size());
      } else if (rest_.starts_with('[')) {
        std::size_t index = 0;
        const auto* last = rest_.data() + rest_.size();
        const auto [end, error] = std::from_chars(rest_.data() + 1, last, index);
        if (error != std::errc() || end == last || *end != ']') return std::nullopt;
        selector.emplace_back(index);
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()) + 1);
      } else {
        return selector.empty() ? std::nullopt : std::optional(std::move(selector));
      }
    }
  }

  std::optional<std::string> take_value() {
    skip_blanks();
    if (rest_.starts_with('"')) return take_quoted();
    const auto word = rest_.substr(0, rest_.find_first_of(" \t\r\n(){}&|\""));
    if (word.empty() || word.starts_with('%')) return std::nullopt;
    rest_.remove_prefix(word.size());
    return std::string(word);
  }

  std::optional<std::string> take_quoted() {
    std::string value;
    for (std::size_t at = 1; at < rest_.size(); ++at) {
      if (rest_[at] == '"') {
        rest_.remove_prefix(at + 1);
        return value;
      }
      if (rest_[at] == '\\' && at + 1 < rest_.size()) ++at;
      value += rest_[at];
    }
    return std::nullopt;
  }

  std::string_view rest_;
};

class InJson final : public FilterPattern::Condition {
 public:
  explicit InJson(NodePtr root) : root_(std::move(root)) {}
  bool holds(std::string_view message) const override {
    const auto document = aws::protocol::parse_json(message);
    return document && document->as<Document::Members>() != nullptr && root_->holds(*document);
  }

 private:
  NodePtr root_;
};

}  // namespace

Result<std::shared_ptr<const FilterPattern::Condition>, ApiError> parse_json_filter(
    std::string_view text) {
  auto root = Parser(text).whole();
  if (!root) return root.error();
  return std::shared_ptr<const FilterPattern::Condition>(
      std::make_shared<InJson>(*std::move(root)));
}

}  // namespace everseal::logs
