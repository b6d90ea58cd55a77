#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/pagination.h"
#include "result/result.h"

// The lists of IAM come in pages: Marker and MaxItems in the request, IsTruncated and Marker in the
// answer.
namespace everseal::iam {

// One page of a list: which rows to read, and what to say of the rest.
class Page {
 public:
  // `selection` is what else chose the rows, such as a path prefix. ValidationError: the marker is
  // not one of this list.
  static Result<Page, ApiError> of(std::string_view operation, const aws::Call& call,
                                   std::string selection, const std::optional<std::string>& marker,
                                   std::optional<std::int64_t> max_items);

  // The key of the last row of the page before; empty at the beginning.
  const std::string& after() const { return after_; }
  // One row more than the page has, to see whether there is another.
  std::int64_t limit() const { return size_ + 1; }

  // Cuts the rows to the page. The marker of the next one, if there is one.
  template <class T, class KeyOf>
  std::optional<std::string> cut(std::vector<T>& rows, KeyOf key_of) const {
    const auto size = static_cast<std::size_t>(size_);
    if (rows.size() <= size) return std::nullopt;
    rows.erase(rows.begin() + size_, rows.end());
    return marker_after(key_of(rows.back()));
  }

 private:
  Page(std::string operation, std::string account, std::string selection, std::int64_t size);
  aws::Listing listing() const;
  std::string marker_after(std::string_view key) const;

  std::string operation_;
  std::string account_;
  std::string selection_;
  std::int64_t size_;
  std::string after_;
};

}  // namespace everseal::iam
