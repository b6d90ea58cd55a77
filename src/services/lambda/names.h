#pragma once

#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"

namespace everseal::lambda {

// A function as a caller names it: "demo", "111122223333:function:demo", its ARN, each with
// ":$LATEST" behind it if they like.
struct FunctionName {
  std::string account;
  std::string region;
  std::string name;

  std::string arn() const;
  // ResourceNotFoundException: a version or alias; there are none. InvalidParameterValueException:
  // not a name.
  static Result<FunctionName, ApiError> parse(std::string_view text, const aws::Call& call,
                                              std::string_view qualifier = {});
};

// The ARN a policy is asked about; of a text that is no name, something that no policy allows.
std::string resource_of(std::string_view name, const aws::Call& call);

inline constexpr std::string_view latest_version = "$LATEST";

}  // namespace everseal::lambda
