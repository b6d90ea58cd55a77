#pragma once

#include <cstdint>
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
#include "services/events/archive_shapes.h"
#include "sql/database.h"

namespace everseal::events {

// UpdateArchive: what is kept from now on, and how long all of it is. What is not named stays as it
// is; an empty pattern takes the pattern away.
struct UpdateArchive {
  static constexpr std::string_view name = "UpdateArchive";
  struct Request {
    std::string archive_name;
    std::optional<std::string> description;
    std::optional<std::string> event_pattern;
    std::optional<std::int32_t> retention_days;
    std::optional<std::string> kms_key_identifier;
    static constexpr auto fields = std::tuple{shapes::archive_name(&Request::archive_name),
                                              shapes::description(&Request::description),
                                              shapes::event_pattern(&Request::event_pattern),
                                              shapes::retention_days(&Request::retention_days),
                                              shapes::key_identifier(&Request::kms_key_identifier)};
  };
  using Response = shapes::ArchiveAnswer;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException. InvalidEventPatternException. ValidationException: a KMS key.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::events
