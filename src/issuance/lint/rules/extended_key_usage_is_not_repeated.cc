#include <algorithm>

#include "issuance/lint/rules.h"

namespace everseal::issuance::lint {

Violation extended_key_usage_is_not_repeated(const Subject& subject) {
  if (!subject.extended_key_usage) return {};
  auto purposes = subject.extended_key_usage->purposes;
  std::ranges::sort(purposes);
  const auto repeated = std::ranges::adjacent_find(purposes);
  if (repeated == purposes.end()) return {};
  return "the extended key usage " + repeated->text() + " comes twice";
}

}  // namespace everseal::issuance::lint
