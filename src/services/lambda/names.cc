#include "services/lambda/names.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "aws/arn.h"
#include "services/lambda/errors.h"

namespace everseal::lambda {
namespace {

constexpr std::size_t longest_name = 64;
constexpr std::size_t longest_qualifier = 128;

bool consists_of_name_letters(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  return !text.empty() && std::ranges::all_of(text, fits);
}

bool is_name(std::string_view text) {
  return text.size() <= longest_name && consists_of_name_letters(text);
}
bool is_qualifier(std::string_view text) {
  return text.size() <= longest_qualifier && consists_of_name_letters(text);
}

std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto colon = text.find(':');
    parts.push_back(text.substr(0, colon));
    if (colon == text.npos) return parts;
    text.remove_prefix(colon + 1);
  }
}

}  // namespace

std::string FunctionName::arn() const {
  return Arn("lambda", region, account, "function:" + name).text();
}

Result<FunctionName, ApiError> FunctionName::parse(std::string_view text, const aws::Call& call,
                                                   std::string_view qualifier) {
  auto parts = parts_of(text);
  FunctionName found{.account = call.caller.account, .region = call.region, .name = {}};
  if (parts.size() >= 7 && parts[0] == "arn" && parts[2] == "lambda" && parts[5] == "function") {
    found.region = parts[3];
    found.account = parts[4];
    parts.erase(parts.begin(), parts.begin() + 6);
  } else if (parts.size() >= 3 && parts[1] == "function") {
    found.account = parts[0];
    parts.erase(parts.begin(), parts.begin() + 2);
  }
  if (parts.size() > 2 || !is_name(parts[0])) return not_a_function_name(text);
  found.name = parts[0];
  found.qualifier = parts.size() == 2 ? parts[1] : qualifier;
  if (found.qualifier != latest_version && !found.qualifier.empty() &&
      !is_qualifier(found.qualifier)) {
    return not_a_function_name(text);
  }
  if (!qualifier.empty() && qualifier != found.qualifier) return two_qualifiers();
  return found;
}

Result<FunctionName, ApiError> FunctionName::parse_unqualified(std::string_view text,
                                                               const aws::Call& call) {
  auto found = parse(text, call);
  if (!found) return found;
  if (found->qualifier == latest_version) found->qualifier.clear();
  if (!found->qualifier.empty()) return for_functions_only();
  return found;
}

std::string resource_of(std::string_view name, const aws::Call& call,
                        const std::optional<std::string>& qualifier) {
  const auto found = FunctionName::parse(name, call, qualifier.value_or(""));
  return found ? found->qualified_arn()
               : Arn("lambda", call.region, call.caller.account, "none").text();
}

aws::Access on_function(std::string_view name, const aws::Call& call,
                        const std::optional<std::string>& qualifier) {
  auto arn = resource_of(name, call, qualifier);
  auto access = aws::on(arn);
  access.context = {{"lambda:FunctionArn", {std::move(arn)}}};
  return access;
}

Qualified split_qualifier(std::string_view arn) {
  constexpr std::size_t colons_before = 7;
  std::size_t at = 0;
  for (std::size_t colon = 0; colon < colons_before; ++colon) {
    at = arn.find(':', at);
    if (at == arn.npos) return {std::string(arn), {}};
    ++at;
  }
  return {std::string(arn.substr(0, at - 1)), std::string(arn.substr(at))};
}

}  // namespace everseal::lambda
