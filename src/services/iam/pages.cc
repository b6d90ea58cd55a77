#include "services/iam/pages.h"

#include <utility>

#include "services/iam/errors.h"

namespace everseal::iam {
namespace {

constexpr std::int64_t usual_size = 100;

}  // namespace

Page::Page(std::string operation, std::string account, std::string selection, std::int64_t size)
    : operation_(std::move(operation)),
      account_(std::move(account)),
      selection_(std::move(selection)),
      size_(size) {}

Result<Page, ApiError> Page::of(std::string_view operation, const aws::Call& call,
                                std::string selection, const std::optional<std::string>& marker,
                                std::optional<std::int64_t> max_items) {
  Page page("iam:" + std::string(operation), call.caller.account, std::move(selection),
            max_items.value_or(usual_size));
  if (!marker) return page;
  auto key = aws::page_key(page.listing(), *marker);
  if (!key) return bad_marker();
  page.after_ = *std::move(key);
  return page;
}

aws::Listing Page::listing() const { return {operation_, account_, /*region=*/"", selection_}; }

std::string Page::marker_after(std::string_view key) const {
  return aws::page_token(listing(), key);
}

}  // namespace everseal::iam
