#include "services/lambda/names.h"

#include <algorithm>
#include <vector>

#include "aws/arn.h"
#include "services/lambda/errors.h"

namespace everseal::lambda {
namespace {

constexpr std::size_t longest_name = 64;

bool is_name(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, fits);
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
  const auto version = parts.size() == 2 ? parts[1] : qualifier;
  if (!version.empty() && version != latest_version) {
    return no_such_function(found.arn() + ":" + std::string(version));
  }
  return found;
}

std::string resource_of(std::string_view name, const aws::Call& call) {
  const auto found = FunctionName::parse(name, call);
  return found ? found->arn() : Arn("lambda", call.region, call.caller.account, "none").text();
}

}  // namespace everseal::lambda
