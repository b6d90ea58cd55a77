#pragma once

#include <string_view>

#include "aws/access.h"
#include "result/result.h"
#include "sql/database.h"

// The tags of users, roles and managed policies, which are named by their ids.
namespace everseal::iam {

Result<aws::Tags> tags_of(sql::Snapshot& view, std::string_view owner_id);

// Keys are the same in any case; a new value takes the place of the old.
Outcome put_tags(sql::Transaction& tx, std::string_view owner_id, const aws::Tags& tags);
// Done if it is not there. In whatever case.
Outcome remove_tag(sql::Transaction& tx, std::string_view owner_id, std::string_view key);
Outcome remove_all_tags(sql::Transaction& tx, std::string_view owner_id);

}  // namespace everseal::iam
