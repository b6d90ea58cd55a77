#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"

namespace everseal::lambda {

// A function as a caller names it: "demo", "111122223333:function:demo", its ARN, each with
// ":$LATEST", ":3" or ":PROD" behind it if they like.
struct FunctionName {
  std::string account;
  std::string region;
  std::string name;
  std::string qualifier{};  // a version, an alias; none: the function itself

  std::string arn() const;  // without the qualifier
  std::string qualified_arn() const { return qualifier.empty() ? arn() : arn() + ":" + qualifier; }
  // InvalidParameterValueException: not a name, or with another qualifier than the one besides.
  static Result<FunctionName, ApiError> parse(std::string_view text, const aws::Call& call,
                                              std::string_view qualifier = {});
  // The function itself. InvalidParameterValueException: a version or an alias.
  static Result<FunctionName, ApiError> parse_unqualified(std::string_view text,
                                                          const aws::Call& call);
};

// The ARN a policy is asked about; of a text that is no name, something that no policy allows.
std::string resource_of(std::string_view name, const aws::Call& call,
                        const std::optional<std::string>& qualifier = {});

// The right to do something to that one; lambda:FunctionArn is a condition key of it.
aws::Access on_function(std::string_view name, const aws::Call& call,
                        const std::optional<std::string>& qualifier = {});

// Of an ARN that may end with one: without it, and it.
struct Qualified {
  std::string arn;
  std::string qualifier;
};
Qualified split_qualifier(std::string_view arn);

inline constexpr std::string_view latest_version = "$LATEST";

}  // namespace everseal::lambda
