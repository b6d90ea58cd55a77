#pragma once

#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/events/archive_shapes.h"
#include "sql/database.h"

namespace everseal::events {

// DeleteArchive: with all that it keeps, which a job removes bit by bit. A replay of it fails.
struct DeleteArchive {
  static constexpr std::string_view name = "DeleteArchive";
  using Request = shapes::ArchiveRequest;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::events
