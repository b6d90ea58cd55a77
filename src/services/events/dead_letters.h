#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "result/result.h"
#include "sql/database.h"

namespace everseal::events {

// An event that could not be delivered.
struct DeadLetter {
  std::string body;  // the event
  // RULE_ARN, TARGET_ARN, ERROR_CODE, ERROR_MESSAGE, EXHAUSTED_RETRY_CONDITION, RETRY_ATTEMPTS
  std::vector<std::pair<std::string, std::string>> attributes;
};

// Where such events go: queues. Thread-safe.
class DeadLetterQueues {
 public:
  virtual ~DeadLetterQueues() = default;
  // Whether an ARN is one of a queue that could be there.
  virtual bool takes(std::string_view queue_arn) const = 0;
  // In the transaction that gives up the delivery. False: there is no such queue.
  virtual Result<bool> put(sql::Transaction& tx, std::string_view queue_arn,
                           const DeadLetter& letter) = 0;
};

}  // namespace everseal::events
