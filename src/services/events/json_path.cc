#include "services/events/json_path.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace everseal::events {
namespace {

using Kind = json::Value::Kind;
using Found = std::vector<const json::Value*>;

void follow(const json::Value& value, const std::string& name, Found& found) {
  if (const auto* member = value.find(name)) found.push_back(member);
}
void follow(const json::Value& value, std::size_t position, Found& found) {
  if (position < value.elements.size()) found.push_back(&value.elements[position]);
}
void follow_all(const json::Value& value, Found& found) {
  for (const auto& element : value.elements) found.push_back(&element);
  for (const auto& member : value.members) found.push_back(&member.value);
}

}  // namespace

class JsonPath::Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool read(std::vector<Step>& steps) {
    if (!take("$")) return false;
    while (!rest_.empty()) {
      if (!step(steps)) return false;
    }
    return true;
  }

 private:
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  bool step(std::vector<Step>& steps) {
    if (take(".*") || take("[*]")) {
      steps.emplace_back(All{});
      return true;
    }
    if (take(".")) return name(steps, ".[", /*closing=*/"");
    if (take("['")) return name(steps, "'", "']");
    return take("[") && position(steps);
  }

  bool name(std::vector<Step>& steps, std::string_view ends, std::string_view closing) {
    const auto length = std::min(rest_.find_first_of(ends), rest_.size());
    if (length == 0) return false;
    steps.emplace_back(std::string(rest_.substr(0, length)));
    rest_.remove_prefix(length);
    return take(closing);
  }

  bool position(std::vector<Step>& steps) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (error != std::errc{}) return false;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    steps.emplace_back(number);
    return take("]");
  }

  std::string_view rest_;
};

Result<JsonPath> JsonPath::parse(std::string_view text) {
  JsonPath path;
  if (!Reader(text).read(path.steps_)) return Fault::malformed("not a JSON path");
  return path;
}

std::optional<json::Value> JsonPath::value_in(const json::Value& event) const {
  Found found{&event};
  bool has_star = false;
  for (const auto& step : steps_) {
    Found next;
    for (const auto* value : found) {
      if (const auto* name = std::get_if<std::string>(&step)) {
        follow(*value, *name, next);
      } else if (const auto* position = std::get_if<std::size_t>(&step)) {
        follow(*value, *position, next);
      } else {
        follow_all(*value, next);
        has_star = true;
      }
    }
    found = std::move(next);
  }
  if (found.empty()) return std::nullopt;
  if (!has_star) return *found.front();
  json::Value list;
  list.kind = Kind::Array;
  for (const auto* value : found) list.elements.push_back(*value);
  return list;
}

}  // namespace everseal::events
