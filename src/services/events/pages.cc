#include "services/events/pages.h"

#include "aws/pagination.h"
#include "services/events/errors.h"

namespace everseal::events {
namespace {

constexpr std::int32_t kUsualSize = 100;

}  // namespace

Result<Page, ApiError> Page::of(std::string_view operation, const aws::Call& call,
                                std::string selection, const std::optional<std::string>& token,
                                std::optional<std::int32_t> limit) {
  Page page;
  page.operation_ = "events:" + std::string(operation);
  page.account_ = call.caller.account;
  page.region_ = call.region;
  page.selection_ = std::move(selection);
  page.size_ = limit.value_or(kUsualSize);
  if (!token) return page;
  auto key = aws::page_key({page.operation_, page.account_, page.region_, page.selection_}, *token);
  if (!key) return bad_token();
  page.after_ = *std::move(key);
  return page;
}

std::string Page::token_after(std::string_view key) const {
  return aws::page_token({operation_, account_, region_, selection_}, key);
}

}  // namespace everseal::events
