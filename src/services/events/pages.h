#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"

// The lists of EventBridge come in pages: NextToken and Limit.
namespace everseal::events {

class Page {
 public:
  // `selection` is what else chose the rows. ValidationException: the token is not one of this
  // list.
  static Result<Page, ApiError> of(std::string_view operation, const aws::Call& call,
                                   std::string selection, const std::optional<std::string>& token,
                                   std::optional<std::int32_t> limit);

  // The key of the last row of the page before; empty at the beginning.
  const std::string& after() const { return after_; }
  // One row more than the page has, to see whether there is another.
  std::int64_t limit() const { return size_ + 1; }

  // Cuts the rows to the page. The token of the next one, if there is one.
  template <class T, class KeyOf>
  std::optional<std::string> cut(std::vector<T>& rows, KeyOf key_of) const {
    const auto size = static_cast<std::size_t>(size_);
    if (rows.size() <= size) return std::nullopt;
    rows.erase(rows.begin() + size_, rows.end());
    return token_after(key_of(rows.back()));
  }

 private:
  std::string token_after(std::string_view key) const;

  std::string operation_, account_, region_, selection_;
  std::int64_t size_ = 0;
  std::string after_;
};

}  // namespace everseal::events
