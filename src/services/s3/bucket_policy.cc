#include "services/s3/bucket_policy.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <functional>
#include <string>

#include "aws/protocol/json.h"
#include "encoding/ascii.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

using aws::Document;
using Test = std::function<bool(std::string_view)>;

constexpr std::size_t longest_policy = std::size_t{20} * 1024;
constexpr int widest_network = 8;  // bits that a range of addresses must fix at least

// Keys that tell who asks, or from where. With fixed values they name a few, not everybody.
constexpr std::array<std::string_view, 12> limiting_keys{
    "aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths",
    "aws:sourceaccount",    "aws:sourcearn",    "aws:sourceowner",    "aws:sourceip",
    "aws:sourcevpc",        "aws:sourcevpce",   "aws:userid",         "s3:dataaccesspointaccount"};
constexpr std::array<std::string_view, 7> limiting_operators{
    "stringequals", "stringequalsignorecase",  "stringlike", "arnequals", "arnlike",
    "ipaddress",    "foranyvalue:stringequals"};

// A text, or a list of them, of which each passes; a value of another kind does not.
bool each_text(const Document& value, const Test& passes) {
  if (const auto* text = value.as<std::string>()) return passes(*text);
  const auto* list = value.as<Document::List>();
  return list != nullptr && !list->empty() &&
         std::ranges::all_of(*list, [&](const Document& one) { return each_text(one, passes); });
}

bool any_text(const Document& value, const Test& passes) {
  if (const auto* text = value.as<std::string>()) return passes(*text);
  const auto* list = value.as<Document::List>();
  return list != nullptr &&
         std::ranges::any_of(*list, [&](const Document& one) { return any_text(one, passes); });
}

bool is_fixed(std::string_view value) { return value.find_first_of("*?$") == value.npos; }

// An address, or a range of few enough.
bool is_small_network(std::string_view value) {
  const auto slash = value.find('/');
  if (slash == value.npos) return true;
  int bits = 0;
  std::from_chars(value.data() + slash + 1, value.data() + value.size(), bits);
  return bits >= widest_network;
}

bool limits(std::string_view operator_name, std::string_view key, const Document& values) {
  const auto known = encoding::lower_case(operator_name);
  if (std::ranges::find(limiting_operators, known) == limiting_operators.end()) return false;
  if (std::ranges::find(limiting_keys, encoding::lower_case(key)) == limiting_keys.end())
    return false;
  return each_text(values, [&](std::string_view value) {
    return is_fixed(value) && (known != "ipaddress" || is_small_network(value));
  });
}

bool has_limit(const Document& statement) {
  const auto* condition = statement.find("Condition");
  const auto* operators = condition != nullptr ? condition->as<Document::Members>() : nullptr;
  if (operators == nullptr) return false;
  return std::ranges::any_of(*operators, [](const auto& entry) {
    const auto* keys = entry.second.template as<Document::Members>();
    return keys != nullptr && std::ranges::any_of(*keys, [&](const auto& key) {
             return limits(entry.first, key.first, key.second);
           });
  });
}

bool is_everybody(const Document& statement) {
  if (statement.find("NotPrincipal") != nullptr) return true;
  const auto* principal = statement.find("Principal");
  if (principal == nullptr) return false;
  const auto is_star = [](std::string_view name) { return name == "*"; };
  if (any_text(*principal, is_star)) return true;
  const auto* names = principal->find("AWS");
  return names != nullptr && any_text(*names, is_star);
}

bool is_public(const Document& statement) {
  const auto* effect = statement.find("Effect");
  const auto* text = effect != nullptr ? effect->as<std::string>() : nullptr;
  return text != nullptr && *text == "Allow" && is_everybody(statement) && !has_limit(statement);
}

// One statement may stand without a list around it.
bool any_statement(const Document& policy, const std::function<bool(const Document&)>& passes) {
  const auto* statements = policy.find("Statement");
  if (statements == nullptr) return false;
  const auto* list = statements->as<Document::List>();
  return list != nullptr ? std::ranges::any_of(*list, passes) : passes(*statements);
}

bool has_foreign(const Document& statement, std::string_view element, const Test& is_ours) {
  for (const auto& name : {std::string(element), "Not" + std::string(element)}) {
    const auto* values = statement.find(name);
    if (values != nullptr && !each_text(*values, is_ours)) return true;
  }
  return false;
}

// What AWS says of a policy that is about something else.
Result<void, ApiError> check_subject(const Document& policy, std::string_view bucket) {
  const auto arn = bucket_arn(bucket);
  const Test is_ours = [&](std::string_view resource) {
    return resource == arn || resource.starts_with(arn + "/");
  };
  const Test is_of_s3 = [](std::string_view action) {
    return action == "*" || encoding::lower_case(action).starts_with("s3:");
  };
  if (any_statement(policy,
                    [&](const auto& one) { return has_foreign(one, "Action", is_of_s3); })) {
    return malformed_policy("Policy has invalid action");
  }
  if (any_statement(policy,
                    [&](const auto& one) { return has_foreign(one, "Resource", is_ours); })) {
    return malformed_policy("Policy has invalid resource");
  }
  return {};
}

}  // namespace

Result<BucketPolicy, ApiError> read_policy(std::string_view json, std::string_view bucket) {
  if (json.size() > longest_policy) {
    return malformed_policy("Policy exceeds the maximum allowed document size.");
  }
  auto rules = aws::policy::Policy::parse(json, aws::policy::Kind::Resource);
  if (!rules) return malformed_policy(rules.error().reason);
  const auto document = aws::protocol::parse_json(json);
  if (!document) return malformed_policy("This policy contains invalid Json");
  if (auto fine = check_subject(*document, bucket); !fine) return fine.error();
  return BucketPolicy{*std::move(rules), any_statement(*document, is_public)};
}

}  // namespace everseal::s3
