#include "services/s3/values/bucket_name.h"

#include <algorithm>
#include <array>

namespace everseal::s3 {
namespace {

constexpr std::array<std::string_view, 3> reserved_prefixes{"xn--", "sthree-", "amzn-s3-demo-"};
constexpr std::array<std::string_view, 6> reserved_suffixes{"-s3alias", "--ol-s3",    ".mrap",
                                                            "--x-s3",   "--table-s3", "-an"};

bool is_alphanumeric(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
}

bool is_address(std::string_view name) {
  return std::ranges::count(name, '.') == 3 && std::ranges::all_of(name, [](char letter) {
           return letter == '.' || (letter >= '0' && letter <= '9');
         });
}

}  // namespace

bool is_bucket_name(std::string_view name) {
  if (name.size() < 3 || name.size() > 63) return false;
  if (!is_alphanumeric(name.front()) || !is_alphanumeric(name.back())) return false;
  const bool known_letters = std::ranges::all_of(
      name, [](char letter) { return is_alphanumeric(letter) || letter == '.' || letter == '-'; });
  if (!known_letters || name.find("..") != name.npos || is_address(name)) return false;
  return std::ranges::none_of(reserved_prefixes,
                              [&](std::string_view prefix) { return name.starts_with(prefix); }) &&
         std::ranges::none_of(reserved_suffixes,
                              [&](std::string_view suffix) { return name.ends_with(suffix); });
}

std::string bucket_arn(std::string_view bucket) { return "arn:aws:s3:::" + std::string(bucket); }

std::string object_arn(std::string_view bucket, std::string_view key) {
  return bucket_arn(bucket) + "/" + std::string(key);
}

}  // namespace everseal::s3
