#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "services/acmpca/model/names.h"
#include "sql/database.h"

namespace everseal::acmpca {

// InvalidTagException: a key that begins with "aws:", or comes twice, in whatever case.
Result<void, ApiError> check_tags(const std::vector<Tag>& tags);
// The same of all tags that a CA would have. TooManyTagsException: more than the quota.
Result<void, ApiError> check_set(const aws::Tags& tags, std::size_t quota);

// Each key takes the place of an equal one.
Outcome put_tags(sql::Transaction& tx, std::int64_t ca, const std::vector<Tag>& tags);
// A tag with a value goes only if the value is the same.
Outcome remove_tags(sql::Transaction& tx, std::int64_t ca, const std::vector<Tag>& tags);

// In the order of their keys, those above `after_key`.
Result<std::vector<Tag>> list_tags(sql::Snapshot& view, std::int64_t ca, std::string_view after_key,
                                   std::size_t most);

// All of them by key, for policies; a key alone has an empty value.
Result<aws::Tags> tags_of(sql::Snapshot& view, std::string_view authority_arn);

// The conditions that a request with these tags is judged by: aws:RequestTag/<key>, aws:TagKeys.
void add_tag_conditions(aws::Access& access, const std::vector<Tag>& tags);
void add_tag_key_conditions(aws::Access& access, const std::vector<Tag>& tags);

}  // namespace everseal::acmpca
