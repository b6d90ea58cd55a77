#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

inline constexpr std::size_t kMostTags = 50;

// By key.
Result<std::vector<shapes::Tag>> tags_of(sql::Snapshot& view, std::string_view arn);
// A key that is there gets the new value. ValidationException: a key of aws:, or one twice in
// whatever case, or more than 50 with those that are there.
Result<void, ApiError> put_tags(sql::Transaction& tx, std::string_view arn,
                                const std::vector<shapes::Tag>& tags);
Outcome remove_tag(sql::Transaction& tx, std::string_view arn, std::string_view key);
Outcome remove_tags(sql::Transaction& tx, std::string_view arn);

// For policies: the keys of the request, and aws:RequestTag/<key> of each.
aws::Access with_tags(aws::Access access, const std::vector<shapes::Tag>& tags);

// ResourceNotFoundException: the ARN is not that of a bus or rule of the caller's that is there.
Result<void, ApiError> find_tagged(sql::Snapshot& view, const aws::Call& call,
                                   std::string_view arn);

}  // namespace everseal::events
