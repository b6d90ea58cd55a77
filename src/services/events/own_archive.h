#pragma once

#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/events/archives/archive.h"
#include "services/events/archives/replay.h"
#include "sql/database.h"

// Archives and replays of the caller, in the region of the request.
namespace everseal::events {

archives::OwnName own_name(const aws::Call& call, std::string_view name);
// ResourceNotFoundException
Result<archives::Archive, ApiError> own_archive(sql::Snapshot& view, const aws::Call& call,
                                                std::string_view name);
Result<archives::Replay, ApiError> own_replay(sql::Snapshot& view, const aws::Call& call,
                                              std::string_view name);

}  // namespace everseal::events
