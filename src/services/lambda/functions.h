#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "aws/page.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "keys/vault.h"
#include "log/log.h"
#include "random/random.h"
#include "result/result.h"
#include "services/lambda/destinations.h"
#include "services/lambda/executor.h"
#include "services/lambda/function.h"
#include "services/lambda/object_source.h"
#include "services/lambda/role_credentials.h"
#include "services/lambda/shapes.h"
#include "sql/database.h"

namespace everseal::lambda {

// What the operations have in common: finding a function, changing it, and what it may be. Nothing
// of its parts is its own.
struct Functions {
  sql::Database& database;
  const keys::Vault& vault;
  const Clock& clock;
  Random& random;
  Log& log;
  const aws::endpoint::Authorizer& authorizer;
  Executor& executor;
  RoleCredentials* credentials;  // may be null: a role is any ARN of one
  ObjectSource& objects;
  Destinations* destinations = nullptr;  // null: functions tell nobody

  // The function that a caller names, or its version. ResourceNotFoundException,
  // InvalidParameterValueException.
  Result<Function, ApiError> find(std::string_view name, const aws::Call& call,
                                  std::string_view qualifier = {}) const;
  // The same for somebody who runs it: an alias leads now here, now there.
  Result<Function, ApiError> find_to_run(std::string_view name, const aws::Call& call,
                                         std::string_view qualifier) const;
  // The function itself. InvalidParameterValueException: a version or an alias.
  Result<Function, ApiError> find_unqualified(std::string_view name, const aws::Call& call) const;

  // Keeps it as it is now as its next version, which this says; or says its last version, if that
  // is no other.
  Result<Function> publish(sql::Transaction& tx, const Function& function,
                           const std::optional<std::string>& description) const;

  using ChangePolicy = std::function<Result<std::optional<std::string>, ApiError>(
      const std::optional<std::string>& policy, const std::string& resource)>;
  // Changes who may invoke a function, a version or an alias, and its revision.
  // InvalidParameterValueException: the qualifier $LATEST. PreconditionFailedException: `revision`
  // is given, and another one.
  Result<void, ApiError> change_policy(std::string_view name,
                                       const std::optional<std::string>& qualifier,
                                       const std::optional<std::string>& revision,
                                       const aws::Call& call, const ChangePolicy& change) const;

  using Change = std::function<Result<void, ApiError>(sql::Transaction&, Function&)>;
  // Changes it and its revision; what waits for its next invocation is told.
  // PreconditionFailedException: `revision` is given, and another one.
  Result<Function, ApiError> change(std::string_view name, const aws::Call& call,
                                    const std::optional<std::string>& revision,
                                    const Change& change) const;

  // The zip file of a request: itself, or an object.
  struct Code {
    std::optional<Bytes> zip{};
    std::optional<std::string> bucket{};
    std::optional<std::string> key{};
    std::optional<std::string> version{};  // of the object; none: the latest
  };
  // InvalidParameterValueException: neither or both, or it cannot be unpacked here.
  // RequestTooLargeException: more than 50 MB, in the name of this operation.
  Result<Bytes, ApiError> code(const Code& given, const aws::Call& call,
                               std::string_view operation) const;

  // Who a function is to tell, if its ARN is not empty. InvalidParameterValueException: nobody who
  // could be told, or the role may not.
  Result<void, ApiError> check_destination(const Function& function, const std::string& arn) const;
  // The same of a queue for dead letters.
  Result<void, ApiError> check_dead_letters(const Function& function) const;

  // Both of those that are wished for, as above.
  Result<void, ApiError> check_destinations(
      std::string_view name, const aws::Call& call,
      const std::optional<shapes::DestinationConfig>& wishes) const;

  // AccessDeniedException: the caller may not pass it on. InvalidParameterValueException: it is
  // not there, or trusts Lambda not.
  Result<void, ApiError> check_role(const std::string& role, const std::string& function_arn,
                                    const aws::Call& call) const;
};

// Of a list that is of this function. InvalidParameterValueException: the marker is not of it.
Result<aws::Page, ApiError> page_of(std::string_view operation, const Function& function,
                                    const std::optional<std::string>& marker,
                                    const std::optional<std::int64_t>& most);

// InvalidParameterValueException, each.
Result<void, ApiError> check_runtime(std::string_view runtime);
Result<void, ApiError> check_variables(const Variables& variables);

}  // namespace everseal::lambda
