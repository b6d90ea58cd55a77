#include "services/events/input.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "clock/time_text.h"
#include "services/events/json_path.h"

namespace everseal::events {
namespace {

using Kind = json::Value::Kind;
using Variables = std::map<std::string, json::Value, std::less<>>;

constexpr std::string_view kReservedPrefix = "aws.events.";
constexpr std::array<std::string_view, 5> kReserved{"aws.events.rule-arn", "aws.events.rule-name",
                                                    "aws.events.event.ingestion-time",
                                                    "aws.events.event", "aws.events.event.json"};

// The name in "<name>", if the text begins with one.
std::optional<std::string_view> placeholder_at(std::string_view text) {
  constexpr std::string_view letters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
  if (!text.starts_with('<')) return std::nullopt;
  const auto end = text.find_first_not_of(letters, 1);
  if (end == std::string_view::npos || end == 1 || text[end] != '>') return std::nullopt;
  return text.substr(1, end - 1);
}

// Calls `use(name, within quotes)` for each placeholder and `copy` for each other character.
void walk(std::string_view text, const std::function<void(std::string_view, bool)>& use,
          const std::function<void(char)>& copy) {
  bool quoted = false, escaped = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const auto name = placeholder_at(text.substr(i))) {
      use(*name, quoted);
      i += name->size() + 1;
      continue;
    }
    if (text[i] == '"' && !escaped) quoted = !quoted;
    escaped = text[i] == '\\' && !escaped;
    copy(text[i]);
  }
}

json::Value without_detail(json::Value event) {
  std::erase_if(event.members, [](const auto& member) { return member.name == "detail"; });
  return event;
}

Variables variables_of(const shapes::InputTransformer& transformer, const json::Value& event,
                       const RuleName& rule, TimePoint received_at) {
  Variables variables;
  for (const auto& [name, path] : transformer.input_paths_map) {
    const auto parsed = JsonPath::parse(path);
    if (!parsed) continue;
    if (auto value = parsed->value_in(event)) variables[name] = *std::move(value);
  }
  variables["aws.events.rule-arn"] = json::string_value(rule_arn(rule));
  variables["aws.events.rule-name"] = json::string_value(rule.name);
  variables["aws.events.event.ingestion-time"] = json::string_value(to_iso8601(received_at));
  variables["aws.events.event"] = without_detail(event);
  variables["aws.events.event.json"] = event;
  return variables;
}

// Within quotes a text stands as it is, unescaped, as on AWS; elsewhere a value is JSON.
std::string filled(const shapes::InputTransformer& transformer, const Variables& variables) {
  std::string text;
  walk(
      transformer.input_template,
      [&](std::string_view name, bool quoted) {
        const auto found = variables.find(name);
        if (found == variables.end()) return;
        const auto& value = found->second;
        text += quoted && value.kind == Kind::String ? value.text : json::print(value);
      },
      [&](char letter) { text += letter; });
  return text;
}

std::optional<std::string> refuse(const std::string& id,
                                  const shapes::InputTransformer& transformer) {
  const auto& paths = transformer.input_paths_map;
  for (const auto& [name, path] : paths) {
    if (name.starts_with(kReservedPrefix))
      return "InputPathsMap for target " + id + " contains the reserved name " + name + ".";
    if (!JsonPath::parse(path))
      return "InputPathsMap for target " + id + " contains invalid JSONPath " + path + ".";
  }
  std::optional<std::string> refused;
  walk(
      transformer.input_template,
      [&](std::string_view name, bool) {
        const bool known = paths.contains(std::string(name)) ||
                           std::ranges::find(kReserved, name) != kReserved.end();
        if (!known)
          refused = "InputTemplate for target " + id + " contains invalid placeholder <" +
                    std::string(name) + ">.";
      },
      [](char) {});
  return refused;
}

}  // namespace

std::optional<std::string> refuse_input(const shapes::Target& target) {
  const int ways =
      (target.input ? 1 : 0) + (target.input_path ? 1 : 0) + (target.input_transformer ? 1 : 0);
  if (ways > 1)
    return "Only one of Input, InputPath, or InputTransformer must be provided for target " +
           target.id + ".";
  if (target.input && !json::parse(*target.input))
    return "Input for target " + target.id + " is not valid JSON.";
  if (target.input_path && !target.input_path->empty() && !JsonPath::parse(*target.input_path))
    return "InputPath for target " + target.id + " is invalid.";
  if (target.input_transformer) return refuse(target.id, *target.input_transformer);
  return std::nullopt;
}

std::string input_for(const shapes::Target& target, const std::string& event, const RuleName& rule,
                      TimePoint received_at) {
  if (target.input) return *target.input;
  const bool whole = !target.input_transformer && target.input_path.value_or("").empty();
  if (whole) return event;
  const auto parsed = json::parse(event);
  if (!parsed) return event;
  if (target.input_transformer)
    return filled(*target.input_transformer,
                  variables_of(*target.input_transformer, *parsed, rule, received_at));
  const auto path = JsonPath::parse(*target.input_path);
  const auto value = path ? path->value_in(*parsed) : std::nullopt;
  return value ? json::print(*value) : "null";
}

}  // namespace everseal::events
