#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/pagination.h"
#include "result/result.h"

namespace everseal::aws {

// One page of a list whose rows have a key: which rows to read, and what to say of the rest.
class Page {
 public:
  // What chose the rows; see Listing.
  struct Of {
    std::string operation;
    std::string account;
    std::string region{};
    std::string selection{};
  };
  // The first page, or the one that the token is of. Malformed: the token is not of this list.
  static Result<Page> at(Of list, const std::optional<std::string>& token, std::int64_t size);

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
    return page_token(listing(), key_of(rows.back()));
  }

 private:
  Page(Of list, std::int64_t size) : list_(std::move(list)), size_(size) {}
  Listing listing() const {
    return {list_.operation, list_.account, list_.region, list_.selection};
  }

  Of list_;
  std::int64_t size_;
  std::string after_;
};

}  // namespace everseal::aws
