#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/arn.h"
#include "aws/call.h"
#include "result/result.h"

namespace everseal::logs {

// A log group of some account in some region.
struct GroupName {
  std::string account;
  std::string region;
  std::string name;  // "/aws/lambda/export"
};

// A log stream and its group.
struct StreamName {
  GroupName group;
  std::string name;
};

// The caller's own.
GroupName own_group(const aws::Call& call, std::string_view name);

// "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/export"
std::string arn_of(const GroupName& group);
// The same and ":log-stream:2025/01/02/..."
std::string arn_of(const StreamName& stream);

// The name of a group that is given by its name or by its ARN, with or without ":*" behind it.
// InvalidParameterException: the ARN is another account's or region's, or of something else.
Result<std::string, ApiError> name_in(std::string_view identifier, const aws::Call& call);

// A text that stands before all that begin with the prefix, and behind most others: where a listing
// of those begins. Empty for an empty one.
std::string just_before(std::string_view prefix);

// As policies see them: what is done to a group is done to its streams.
aws::Access access_to_group(const aws::Call& call, std::string_view name);
aws::Access access_to_stream(const aws::Call& call, std::string_view group,
                             std::string_view stream);
aws::Access access_to_tags(const aws::Call& call, std::string_view group);

}  // namespace everseal::logs
