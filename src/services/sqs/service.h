#pragma once

#include <array>

#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "random/random.h"
#include "services/sqs/own_queue.h"
#include "sql/database.h"

namespace everseal::sqs {

struct Parts {
  sql::Database& database;
  Random& random;
  const Clock& clock;
  BaseUrl base_url;
};

// The part of SQS that makes queues for undelivered events and reads them: standard queues without
// long polling. Once in the JSON protocol, and once in the query protocol, which older clients
// speak.
std::array<aws::Service, 2> make_services(const Parts& parts);

}  // namespace everseal::sqs
