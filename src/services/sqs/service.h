#pragma once

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

// The part of SQS, JSON protocol, that makes queues for undelivered events and reads them: standard
// queues without long polling.
aws::Service make_service(const Parts& parts);

}  // namespace everseal::sqs
