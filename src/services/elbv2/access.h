#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// The right to do something to what is there: policies may look at its tags.
aws::Access access_to(sql::Database& database, std::string arn);
// Something is to be made or marked with these tags.
aws::Access with_tags(aws::Access access, const std::vector<shapes::Tag>& tags);
aws::Access with_tag_keys(aws::Access access, std::vector<std::string> keys);

}  // namespace everseal::elbv2
