#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/policy/evaluate.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::lambda {

// What a function, a version or an alias says of who may do what with it: what AddPermission wrote.
struct SaidByFunction {
  std::string account;  // whose function it is
  aws::policy::SharedPolicy policy;
};

// For "arn:aws:lambda:eu-west-1:111122223333:function:demo", with a qualifier or without. Nothing:
// it is no ARN of these, or nobody was let in. Broken: the policy that is stored cannot be read.
Result<std::optional<SaidByFunction>> said_by_function(sql::Database& database,
                                                       std::string_view resource);

}  // namespace everseal::lambda
