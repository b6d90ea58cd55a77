#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::sqs {

struct QueueName {
  std::string account;
  std::string region;
  std::string name;
};

// "arn:aws:sqs:REGION:ACCOUNT:NAME", and back. Malformed: anything else.
std::string queue_arn(const QueueName& queue);
Result<QueueName> parse_queue_arn(std::string_view arn);

// What CreateQueue may set, by the names of the API; all are numbers as texts.
using Attributes = std::map<std::string, std::string>;

struct Queue {
  std::int64_t id = 0;
  QueueName name;
  Attributes attributes;  // with the usual values of those that were not given
  TimePoint created_at;

  // Of an attribute that every queue has.
  std::int64_t number(std::string_view attribute) const;
};

Result<std::optional<Queue>> find_queue(sql::Snapshot& view, const QueueName& name);
// Of an account in a region, by name: those that begin so and come after that one.
Result<std::vector<Queue>> list_queues(sql::Snapshot& view, const QueueName& after,
                                       std::string_view prefix, std::int64_t limit);
// Conflict: it is there.
Outcome add_queue(sql::Transaction& tx, const Queue& queue);
// With its messages.
Outcome remove_queue(sql::Transaction& tx, std::int64_t id);

// The attributes that may be set and what each is unless it is. Malformed, with a sentence for the
// caller: one that is not known here, or a value beyond its range.
Result<Attributes> with_defaults(const Attributes& given);

}  // namespace everseal::sqs
