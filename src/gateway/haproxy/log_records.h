#pragma once

#include <optional>

#include "gateway/haproxy/log_line.h"
#include "gateway/haproxy/log_names.h"
#include "gateway/log_record.h"
#include "result/result.h"

namespace everseal::gateway::haproxy {

// What a line tells. A connection that failed before it had an id has none here.
struct LogRecords {
  std::optional<ConnectionRecord> connection;
  std::optional<RequestRecord> request;
};

// Malformed: a word that must be there is not, or is no number. Conflict: nobody knows the
// listener.
Result<LogRecords> records_of(const LogLine& line, const LogNames& names);

}  // namespace everseal::gateway::haproxy
