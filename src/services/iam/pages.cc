#include "services/iam/pages.h"

#include <utility>

#include "services/iam/errors.h"

namespace everseal::iam {

Result<aws::Page, ApiError> page_of(std::string_view operation, const aws::Call& call,
                                    std::string selection, const std::optional<std::string>& marker,
                                    std::optional<std::int64_t> max_items) {
  constexpr std::int64_t usual_size = 100;
  auto page = aws::Page::at({.operation = "iam:" + std::string(operation),
                             .account = call.caller.account,
                             .selection = std::move(selection)},
                            marker, max_items.value_or(usual_size));
  if (!page) return bad_marker();
  return *std::move(page);
}

}  // namespace everseal::iam
