#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "result/result.h"
#include "services/logs/shapes.h"
#include "sql/database.h"

namespace everseal::logs {

inline constexpr std::size_t most_tags = 50;

// Gives the group these tags. InvalidParameterException: a key that is empty, too long or begins
// with aws:. TooManyTagsException.
Result<void, ApiError> give_tags(sql::Transaction& tx, std::int64_t group, const TagMap& tags);

// For policies: the keys of the request, and aws:RequestTag/<key> of each.
void add_tag_context(aws::Access& access, const TagMap& tags);
void add_tag_context(aws::Access& access, const std::vector<std::string>& keys);

}  // namespace everseal::logs
