#include "aws/page.h"

namespace everseal::aws {

Result<Page> Page::at(Of list, const std::optional<std::string>& token, std::int64_t size) {
  Page page(std::move(list), size);
  if (!token) return page;
  auto key = page_key(page.listing(), *token);
  if (!key) return key.error();
  page.after_ = *std::move(key);
  return page;
}

}  // namespace everseal::aws
