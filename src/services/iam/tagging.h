#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/iam/directory.h"
#include "services/iam/held_policies.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

// What is done with the tags of users, roles and managed policies alike.
namespace everseal::iam {

// InvalidInput: a tag twice, in whatever case, or one that begins with "aws:".
Result<void, ApiError> check_tags(const std::vector<shapes::Tag>& tags);
// As check_tags. LimitExceeded of that quota: it would have more than 50.
Result<void, ApiError> add_tags(sql::Transaction& tx, std::string_view owner_id,
                                const std::vector<shapes::Tag>& tags, std::string_view quota);
// Done where one of them is not there.
Result<void, ApiError> take_tags(sql::Transaction& tx, std::string_view owner_id,
                                 const std::vector<std::string>& keys);

// One page of them by key.
struct TagPage {
  std::vector<shapes::Tag> tags;
  bool is_truncated = false;
  std::optional<std::string> marker;
  static constexpr auto fields = std::tuple{aws::always("Tags", &TagPage::tags),
                                            aws::required("IsTruncated", &TagPage::is_truncated),
                                            aws::optional("Marker", &TagPage::marker)};
};
// ValidationError: the marker is not one of this list.
Result<TagPage, ApiError> page_of_tags(sql::Snapshot& view, const aws::Call& call,
                                       const std::string& owner_id, const PageRequest& request);

// What the directory knows of a user's keys, tags among it, is read anew.
Outcome forget_keys(sql::Transaction& tx, Directory& directory, std::string_view user_id);

// With the condition key aws:TagKeys.
aws::Access with_tag_keys(aws::Access access, const std::vector<std::string>& keys);

}  // namespace everseal::iam
