#include "services/events/pages.h"

#include <utility>

#include "services/events/errors.h"

namespace everseal::events {

Result<aws::Page, ApiError> page_of(std::string_view operation, const aws::Call& call,
                                    std::string selection, const std::optional<std::string>& token,
                                    std::optional<std::int32_t> limit) {
  constexpr std::int32_t usual_size = 100;
  auto page = aws::Page::at({.operation = "events:" + std::string(operation),
                             .account = call.caller.account,
                             .region = call.region,
                             .selection = std::move(selection)},
                            token, limit.value_or(usual_size));
  if (!page) return bad_token();
  return *std::move(page);
}

}  // namespace everseal::events
