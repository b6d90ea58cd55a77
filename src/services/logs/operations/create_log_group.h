#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/logs/enums.h"
#include "services/logs/shapes.h"
#include "sql/database.h"

namespace everseal::logs {

// CreateLogGroup: a place for logs, which keeps them for ever until it is told otherwise.
struct CreateLogGroup {
  static constexpr std::string_view name = "CreateLogGroup";
  struct Request {
    std::string log_group_name;
    std::optional<std::string> kms_key_id;
    TagMap tags;
    std::optional<GroupClass> log_group_class;
    std::optional<bool> deletion_protection_enabled;
    static constexpr auto fields = std::tuple{
        group_field(&Request::log_group_name),
        aws::optional("kmsKeyId", &Request::kms_key_id, aws::length(0, 256)),
        aws::optional("tags", &Request::tags, aws::length(1, 50), aws::each(aws::length(0, 256))),
        aws::optional("logGroupClass", &Request::log_group_class),
        aws::optional("deletionProtectionEnabled", &Request::deletion_protection_enabled)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceAlreadyExistsException. InvalidParameterException: a key of KMS or protection against
  // deletion, which are not there; a tag. TooManyTagsException.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::logs
