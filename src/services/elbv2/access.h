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
// `access`, of a request that has these values of a condition key such as
// "elasticloadbalancing:Subnet"; none: policies see no such key.
aws::Access with_values(aws::Access access, std::string key, std::vector<std::string> values);
// Something is to be made by the operation and marked with these tags: whoever tags it needs the
// right to AddTags on it, too. `made`: its ARN, as far as it is known.
aws::Access with_new_tags(aws::Access access, const std::vector<shapes::Tag>& tags,
                          std::string_view operation, std::string made);
// Something is to be marked with these tags.
aws::Access with_tags(aws::Access access, const std::vector<shapes::Tag>& tags);
aws::Access with_tag_keys(aws::Access access, std::vector<std::string> keys);

}  // namespace everseal::elbv2
