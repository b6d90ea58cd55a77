#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/api_error.h"
#include "aws/fields.h"
#include "result/result.h"

namespace everseal::s3 {

struct Tag {
  std::string key;
  std::string value;
  static constexpr auto fields =
      std::tuple{aws::required("Key", &Tag::key), aws::required("Value", &Tag::value)};
  friend bool operator==(const Tag&, const Tag&) = default;
};

// "key=value&key=value", percent-encoded: how tags are stored, and how x-amz-tagging has them.
std::string to_tagging(const std::vector<Tag>& tags);
// InvalidArgument: it cannot be decoded. What check_tags refuses.
Result<std::vector<Tag>, ApiError> read_tagging(std::string_view text);

// At most ten, each key once, of 1 to 128 characters, values of at most 256; none begins with
// "aws:". BadRequest: too many; InvalidTag.
Result<void, ApiError> check_tags(const std::vector<Tag>& tags);

}  // namespace everseal::s3
