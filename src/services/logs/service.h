#pragma once

#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "jobs/runner.h"
#include "services/logs/eraser.h"
#include "services/logs/writer.h"
#include "sql/database.h"

namespace everseal::logs {

// CloudWatch Logs: its API, its jobs, and how the rest of the program writes. Thread-safe.
class Service {
 public:
  Service(sql::Database& database, const Clock& clock)
      : database_(database), clock_(clock), eraser_(database, clock), writer_(database, clock) {}
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // The operations, for the endpoint. They refer to what this object refers to.
  aws::Service api() const;

  // Before the runner starts. They refer to this object.
  void handle_jobs(jobs::Runner& runner);

  Writer& writer() { return writer_; }

 private:
  sql::Database& database_;
  const Clock& clock_;
  Eraser eraser_;
  Writer writer_;
};

}  // namespace everseal::logs
