#pragma once

#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "jobs/runner.h"
#include "random/random.h"
#include "services/health/desk.h"
#include "services/health/message.h"
#include "sql/database.h"

namespace everseal::health {

// AWS Health, awsJson 1.1, version 2016-08-04: how managed renewals stand, for people and for the
// rules that watch. It needs no support plan. Thread-safe.
class Service {
 public:
  Service(sql::Database& database, const Clock& clock, Random& random, EventSink& sink)
      : database_(database), clock_(clock), desk_(random, sink) {}
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // The operations, for the endpoint. They refer to this object.
  aws::Service api() const;

  // Before the runner starts.
  void handle_jobs(jobs::Runner& runner) const;

  // Where what happened is told.
  const Desk& desk() const { return desk_; }

 private:
  sql::Database& database_;
  const Clock& clock_;
  const Desk desk_;
};

}  // namespace everseal::health
