#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/logs/chunk.h"
#include "sql/database.h"

namespace everseal::logs {

struct Stream {
  std::int64_t id = 0;
  std::int64_t group = 0;
  std::string name{};
  TimePoint created_at{};
  std::optional<TimePoint> first_event{};
  std::optional<TimePoint> last_event{};
  std::optional<TimePoint> last_ingestion{};
};

Result<std::optional<Stream>> find_stream(sql::Snapshot& view, std::int64_t group,
                                          std::string_view name);
// ResourceNotFoundException
Result<Stream, ApiError> require_stream(sql::Snapshot& view, std::int64_t group,
                                        std::string_view name);
// Nothing: it is gone.
Result<std::optional<std::string>> name_of_stream(sql::Snapshot& view, std::int64_t stream);

// The new one's id. Conflict: there is one of that name.
Result<std::int64_t> add_stream(sql::Transaction& tx, std::int64_t group, std::string_view name,
                                TimePoint now);

enum class StreamOrder { ByName, ByNameDescending, ByEvent, ByEventDescending };

// Where a listing goes on: behind a stream of that name and last event.
struct StreamPosition {
  TimePoint last_event;  // 1970: it has none
  std::string name;
};
// Until `use` returns false.
Outcome each_stream(sql::Snapshot& view, std::int64_t group, StreamOrder order,
                    const std::optional<StreamPosition>& after,
                    const std::function<bool(const Stream&)>& use);

// Stores events of one stream, and what stream and group say of them.
Outcome append(sql::Transaction& tx, const Stream& stream, std::span<const Chunk> chunks,
               TimePoint now);

// Nobody sees it any more; its name is free.
Outcome hide_stream(sql::Transaction& tx, std::int64_t stream);

}  // namespace everseal::logs
