#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "result/result.h"
#include "services/acm/shapes.h"
#include "sql/database.h"

namespace everseal::acm {

// InvalidTagException: a key that begins with aws:, or one given twice, in whatever case.
// TooManyTagsException.
std::optional<ApiError> refuse_tags(const std::vector<Tag>& tags, std::size_t limit);

// The same of all tags that a certificate would have.
std::optional<ApiError> refuse_set(const aws::Tags& tags, std::size_t limit);

// By key.
Result<aws::Tags> tags_of(sql::Snapshot& view, std::string_view certificate_arn);

// A key that is there gets the new value; no value is an empty one.
Outcome put_tags(sql::Transaction& tx, std::string_view certificate_arn,
                 const std::vector<Tag>& tags);

// A tag with a value is removed only if it has this value; one without, whatever it has.
Outcome remove_tags(sql::Transaction& tx, std::string_view certificate_arn,
                    const std::vector<Tag>& tags);

// For policies: the keys of the request, and aws:RequestTag/<key> of each.
void add_tag_context(aws::Access& access, const std::vector<Tag>& tags);

}  // namespace everseal::acm
