#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "sql/database.h"

namespace everseal::jobs {

// What a transaction announces when it promises a job: the due time, in milliseconds since 1970.
inline constexpr std::string_view kTopic = "jobs";

// Work promised for later. There is one job a (kind, key); its handler is safe to run twice.
struct Job {
  std::string kind;  // "acm.renew"
  std::string key;   // what it is about, such as an ARN
  TimePoint due;
  std::string payload;  // JSON, at most 64 KiB; empty if the key says it all
};

// The key of a job that is about a row of a table: its id; 0 if it is none.
std::int64_t id_in(std::string_view key);

// Promises the job in the transaction of the change that needs it. If it is promised already, the
// earlier due time and the newer payload count, and its attempts begin anew. If it runs at this
// moment, it runs once more at the new due time. Malformed: the payload is too long.
Outcome add(sql::Transaction& tx, const Job& job);

// Like add, but the new due time counts even if it is later.
Outcome reschedule(sql::Transaction& tx, const Job& job);

// Takes the promise back; done if there was none.
Outcome cancel(sql::Transaction& tx, std::string_view kind, std::string_view key);

}  // namespace everseal::jobs
