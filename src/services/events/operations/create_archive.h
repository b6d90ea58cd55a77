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

// CreateArchive: what is put on a bus from now on is kept, in the transaction that puts it there.
struct CreateArchive {
  static constexpr std::string_view name = "CreateArchive";
  struct Request {
    std::string archive_name;
    std::string event_source_arn;
    std::optional<std::string> description;
    std::optional<std::string> event_pattern;
    std::optional<std::int32_t> retention_days;
    std::optional<std::string> kms_key_identifier;
    static constexpr auto fields = std::tuple{
        shapes::archive_name(&Request::archive_name),
        aws::required("EventSourceArn", &Request::event_source_arn, aws::length(1, 1600)),
        shapes::description(&Request::description),
        shapes::event_pattern(&Request::event_pattern),
        shapes::retention_days(&Request::retention_days),
        shapes::key_identifier(&Request::kms_key_identifier)};
  };
  using Response = shapes::ArchiveAnswer;

  // To the archive, and to the bus.
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidEventPatternException. ResourceNotFoundException: no such bus.
  // ResourceAlreadyExistsException. LimitExceededException: 100 archives. ValidationException: the
  // source is no bus, or a KMS key is asked for.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::events
