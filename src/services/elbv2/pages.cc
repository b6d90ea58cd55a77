#include "services/elbv2/pages.h"

#include <utility>

#include "services/elbv2/errors.h"

namespace everseal::elbv2 {

Result<aws::Page, ApiError> page_of(std::string_view operation, const aws::Call& call,
                                    std::string selection, const std::optional<std::string>& marker,
                                    std::optional<std::int32_t> size) {
  constexpr std::int32_t usual_size = 400;
  auto page = aws::Page::at({.operation = "elasticloadbalancing:" + std::string(operation),
                             .account = call.caller.account,
                             .region = call.region,
                             .selection = std::move(selection)},
                            marker, size.value_or(usual_size));
  if (!page) return bad_marker();
  return *std::move(page);
}

}  // namespace everseal::elbv2
