#include "services/elbv2/conditions.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "services/elbv2/addresses.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/header_name.h"
#include "services/elbv2/limits.h"

namespace everseal::elbv2 {
namespace {

using shapes::RuleCondition;
using Values = std::vector<std::string>;

constexpr std::size_t longest_value = 128, longest_name = 40;
constexpr std::string_view of_paths = "_-.$/~\"'@:+&*?";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

bool consists_of(std::string_view text, std::string_view others) {
  return std::ranges::all_of(
      text, [&](char c) { return is_alphanumeric(c) || others.find(c) != std::string_view::npos; });
}

// At least one dot, and nothing but letters (or wildcards) behind the last.
bool is_host(std::string_view text) {
  const auto dot = text.rfind('.');
  if (dot == std::string_view::npos || text.size() > longest_value) return false;
  const auto last = text.substr(dot + 1);
  return consists_of(text, "-.*?") && !last.empty() &&
         std::ranges::all_of(last, [](char c) { return is_letter(c) || c == '*' || c == '?'; });
}

bool is_path(std::string_view text) {
  return !text.empty() && text.size() <= longest_value && consists_of(text, of_paths);
}

bool is_method(std::string_view text) {
  return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
}

// A header's value, or what stands in a query.
bool is_printed(std::string_view text) {
  return !text.empty() && text.size() <= longest_value &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; });
}

bool is_host_header(std::string_view name) {
  return name.size() == 4 && std::ranges::equal(name, std::string_view("host"), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b;
         });
}

// How one field is told from the others, and what may be said of it.
struct FieldRule {
  std::string_view name;
  bool (*suits)(std::string_view value);
  bool has_wildcards;
  bool is_single;  // at most once in a rule
  // Where its values stand; null: it has a shape of its own.
  std::optional<shapes::ValuesConfig> RuleCondition::* config;
};
constexpr FieldRule condition_fields[] = {
    {"host-header", is_host, true, true, &RuleCondition::host_header_config},
    {"path-pattern", is_path, true, true, &RuleCondition::path_pattern_config},
    {"http-request-method", is_method, false, true, &RuleCondition::http_request_method_config},
    {"source-ip", is_address_range, false, true, &RuleCondition::source_ip_config},
    {"http-header", is_printed, true, false, nullptr},
    {"query-string", is_printed, true, false, nullptr}};

ApiError bad_value(std::string_view field, std::string_view value) {
  return invalid("Condition value '" + std::string(value) + "' is not valid for field '" +
                 std::string(field) + "'");
}

bool has_regular_expressions(const RuleCondition& said) {
  const auto in = [](const auto& config) { return config && !config->regex_values.empty(); };
  return !said.regex_values.empty() || in(said.host_header_config) ||
         in(said.path_pattern_config) || in(said.http_header_config) ||
         in(said.http_request_method_config) || in(said.source_ip_config);
}

Values configs_in(const RuleCondition& said) {
  Values names;
  for (const FieldRule& field : condition_fields) {
    if (field.config != nullptr && said.*field.config) names.emplace_back(field.name);
  }
  if (said.http_header_config) names.emplace_back("http-header");
  if (said.query_string_config) names.emplace_back("query-string");
  return names;
}

// The field that the condition is of, named or not.
Result<const FieldRule*, ApiError> field_of(const RuleCondition& said) {
  const Values configs = configs_in(said);
  if (configs.size() > 1) return invalid("A condition can have only one configuration");
  if (!said.field && configs.empty()) return invalid("A condition field must be specified");
  const std::string name = said.field.value_or(configs.empty() ? "" : configs[0]);
  if (!configs.empty() && configs[0] != name) {
    return invalid("A condition of field '" + name + "' has the configuration of another field");
  }
  const auto* found = std::ranges::find(condition_fields, name, &FieldRule::name);
  if (found == std::end(condition_fields)) {
    return invalid("Condition field '" + name +
                   "' must be one of '[path-pattern, host-header, http-header, "
                   "http-request-method, query-string, source-ip]'");
  }
  return found;
}

Result<void, ApiError> check_values(const FieldRule& field, const Values& values) {
  if (values.empty()) {
    return invalid("A condition value must be specified for field '" + std::string(field.name) +
                   "'");
  }
  for (const std::string& value : values) {
    if (!field.suits(value)) return bad_value(field.name, value);
  }
  return {};
}

Result<RuleCondition, ApiError> completed_values(const FieldRule& field,
                                                 const RuleCondition& said) {
  const auto& config = said.*field.config;
  if (config && !said.values.empty() && config->values != said.values) {
    return invalid("Values and configuration of a condition differ");
  }
  const Values& values = config ? config->values : said.values;
  if (auto fine = check_values(field, values); !fine) return fine.error();
  RuleCondition condition;
  condition.field = field.name;
  condition.values = values;
  condition.*field.config = shapes::ValuesConfig{values, {}};
  return condition;
}

Result<RuleCondition, ApiError> completed_header(const FieldRule& field,
                                                 const RuleCondition& said) {
  if (!said.http_header_config) return invalid("Field 'http-header' needs an HttpHeaderConfig");
  const auto& config = *said.http_header_config;
  const std::string name = config.http_header_name.value_or("");
  if (!is_header_name(name)) return bad_value("http-header", name);
  if (is_host_header(name)) {
    return invalid("Field 'http-header' cannot have the Host header: use field 'host-header'");
  }
  if (auto fine = check_values(field, config.values); !fine) return fine.error();
  RuleCondition condition;
  condition.field = field.name;
  condition.http_header_config = config;
  return condition;
}

Result<RuleCondition, ApiError> completed_query(const FieldRule& field, const RuleCondition& said) {
  if (!said.query_string_config) return invalid("Field 'query-string' needs a QueryStringConfig");
  Values values;
  for (const auto& [key, value] : said.query_string_config->values) {
    values.push_back(value.value_or(""));
    if (key && !is_printed(*key)) return bad_value("query-string", *key);
  }
  if (auto fine = check_values(field, values); !fine) return fine.error();
  RuleCondition condition;
  condition.field = field.name;
  condition.query_string_config = said.query_string_config;
  return condition;
}

Result<RuleCondition, ApiError> completed_condition(const RuleCondition& said) {
  if (has_regular_expressions(said)) {
    return invalid("Regular expressions in conditions are not supported by Everseal");
  }
  const auto field = field_of(said);
  if (!field) return field.error();
  if ((*field)->config != nullptr) return completed_values(**field, said);
  if (!said.values.empty()) {
    return invalid("Field '" + std::string((*field)->name) + "' cannot have Values");
  }
  if ((*field)->name == "http-header") return completed_header(**field, said);
  return completed_query(**field, said);
}

// What is compared with the request: the texts with their wildcards.
Values compared(const RuleCondition& condition) {
  if (condition.http_header_config) return condition.http_header_config->values;
  if (!condition.query_string_config) return condition.values;
  Values values;
  for (const auto& pair : condition.query_string_config->values) {
    values.push_back(pair.key.value_or("") + pair.value.value_or(""));
  }
  return values;
}

// Those that a backslash stands before are none.
std::int64_t wildcards_in(std::string_view text) {
  std::int64_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '*' || text[at] == '?') {
      ++count;
    }
  }
  return count;
}

const FieldRule& rule_of(const RuleCondition& condition) {
  return *std::ranges::find(condition_fields, std::string_view(*condition.field), &FieldRule::name);
}

Result<void, ApiError> check_all(const std::vector<RuleCondition>& conditions) {
  std::int64_t values = 0, wildcards = 0;
  std::set<std::string> singles;
  for (const RuleCondition& condition : conditions) {
    const FieldRule& field = rule_of(condition);
    if (field.is_single && !singles.insert(*condition.field).second) {
      return invalid("A rule can only have one '" + *condition.field + "' condition");
    }
    for (const std::string& value : compared(condition)) {
      ++values;
      if (field.has_wildcards) wildcards += wildcards_in(value);
    }
  }
  if (values > limits::condition_values) {
    return invalid("A rule can only have '5' condition values");
  }
  if (wildcards > limits::condition_wildcards) {
    return invalid("A rule can only have '6' wildcards in its condition values");
  }
  return {};
}

}  // namespace

Result<std::vector<RuleCondition>, ApiError> completed(const std::vector<RuleCondition>& said) {
  if (said.empty()) return invalid("A condition must be specified");
  std::vector<RuleCondition> all;
  for (const RuleCondition& each : said) {
    auto condition = completed_condition(each);
    if (!condition) return condition.error();
    all.push_back(*std::move(condition));
  }
  if (auto fine = check_all(all); !fine) return fine.error();
  return all;
}

Result<void, ApiError> check_transforms(const std::vector<shapes::RuleTransform>& transforms) {
  if (transforms.empty()) return {};
  return invalid("Transforms are not supported by Everseal");
}

}  // namespace everseal::elbv2
