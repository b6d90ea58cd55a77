#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/shapes.h"
#include "services/elbv2/trust_stores.h"
#include "sql/database.h"

// The tags of load balancers, listeners, rules and target groups, by ARN.
namespace everseal::elbv2 {

// By key.
Result<aws::Tags> tags_of(sql::Snapshot& view, std::string_view arn);
// A new value takes the place of the old.
Outcome put_tags(sql::Transaction& tx, std::string_view arn, const aws::Tags& tags);
Outcome remove_tag(sql::Transaction& tx, std::string_view arn, std::string_view key);
Outcome remove_all_tags(sql::Transaction& tx, std::string_view arn);

// DuplicateTagKeys: a key twice, in whatever case. ValidationError: it begins with "aws:".
// TooManyTags: more than 50.
Result<void, ApiError> check_tags(const std::vector<shapes::Tag>& tags);

// LoadBalancerNotFound, ListenerNotFound, RuleNotFound, TargetGroupNotFound: the caller has none of
// that name here. Not of trust stores.
Result<void, ApiError> find_own(sql::Snapshot& view, const aws::Call& call, Kind kind,
                                std::string_view arn);
// ValidationError: not the ARN of something that has tags. LoadBalancerNotFound, ListenerNotFound,
// RuleNotFound, TargetGroupNotFound, TrustStoreNotFound: the caller has none of that name here.
Result<void, ApiError> find_tagged(sql::Snapshot& view, const aws::Call& call,
                                   const TrustStores& trust_stores, std::string_view arn);

}  // namespace everseal::elbv2
