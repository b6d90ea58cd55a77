#include "aws/document.h"

#include <ranges>

namespace everseal::aws {

const Document* Document::find(std::string_view name) const {
  const auto* members = as<Members>();
  if (members == nullptr) return nullptr;
  for (const auto& [candidate, value] : std::views::reverse(*members)) {
    if (candidate == name) return &value;
  }
  return nullptr;
}

}  // namespace everseal::aws
