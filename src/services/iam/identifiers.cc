#include "services/iam/identifiers.h"

#include <algorithm>

#include "aws/arn.h"

namespace everseal::iam {
namespace {

constexpr std::string_view base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view base64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string arn(std::string_view account, const std::string& resource) {
  return Arn("iam", "", account, resource).text();
}

}  // namespace

std::string new_id(Random& random, std::string_view prefix) {
  constexpr std::size_t letters = 17;
  return std::string(prefix) + random_text(random, base32, letters);
}

std::string new_access_key_id(Random& random) {
  constexpr std::size_t letters = 16;
  return "AKIA" + random_text(random, base32, letters);
}

SecretBytes new_secret(Random& random) {
  constexpr std::size_t letters = 40;
  std::string text = random_text(random, base64, letters);
  auto secret = SecretBytes::copy_of(text);
  wipe(text);
  return secret;
}

std::string root_arn(std::string_view account) { return arn(account, "root"); }

std::string user_arn(std::string_view account, std::string_view path, std::string_view name) {
  return arn(account, "user" + std::string(path) + std::string(name));
}

std::string role_arn(std::string_view account, std::string_view path, std::string_view name) {
  return arn(account, "role" + std::string(path) + std::string(name));
}

std::string group_arn(std::string_view account, std::string_view path, std::string_view name) {
  return arn(account, "group" + std::string(path) + std::string(name));
}

std::string policy_arn(std::string_view account, std::string_view path, std::string_view name) {
  return arn(account, "policy" + std::string(path) + std::string(name));
}

std::string session_arn(std::string_view account, std::string_view role_name,
                        std::string_view session_name) {
  return Arn("sts", "", account,
             "assumed-role/" + std::string(role_name) + "/" + std::string(session_name))
      .text();
}

std::string folded(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return lower;
}

}  // namespace everseal::iam
