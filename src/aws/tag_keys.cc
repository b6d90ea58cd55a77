#include "aws/tag_keys.h"

#include <algorithm>
#include <utility>

namespace everseal::aws {

bool TagKeys::add(std::string_view key) {
  std::string folded(key);
  std::ranges::transform(folded, folded.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return folded_.insert(std::move(folded)).second;
}

}  // namespace everseal::aws
