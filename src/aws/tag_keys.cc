#include "aws/tag_keys.h"

#include <algorithm>

namespace everseal::aws {
namespace {

std::string folded(std::string_view key) {
  std::string text(key);
  std::ranges::transform(text, text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return text;
}

}  // namespace

bool is_reserved_tag_key(std::string_view key) { return folded(key).starts_with("aws:"); }

bool TagKeys::add(std::string_view key) { return folded_.insert(folded(key)).second; }

}  // namespace everseal::aws
