#pragma once

#include <functional>
#include <memory>
#include <string>

#include "aws/endpoint/authorizer.h"
#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "jobs/runner.h"
#include "keys/vault.h"
#include "log/log.h"
#include "random/random.h"
#include "result/result.h"
#include "services/lambda/code_links.h"
#include "services/lambda/destinations.h"
#include "services/lambda/executor.h"
#include "services/lambda/functions.h"
#include "services/lambda/invoker.h"
#include "services/lambda/log_sink.h"
#include "services/lambda/meter.h"
#include "services/lambda/object_source.h"
#include "services/lambda/role_credentials.h"
#include "services/lambda/settings.h"
#include "sql/database.h"

namespace everseal::lambda {

// What Lambda works with; outlives it.
struct Surroundings {
  sql::Database& database;
  const Clock& clock;
  const Clock& wall;
  Random& random;
  Log& log;
  const keys::Vault& vault;
  const aws::endpoint::Authorizer& authorizer;
  ObjectSource& objects;
  RoleCredentials* credentials = nullptr;  // null: functions have none, and a role is any ARN
  LogSink* log_sink = nullptr;             // null: what functions write is in the tail only
  Destinations* destinations = nullptr;    // null: functions tell nobody how they ended
  Meter* meter = nullptr;                  // null: nobody counts
  runtime::ServeEndpoint serve_endpoint{};
  std::function<std::string()> base_url{};  // where this server is reached; empty: nobody knows
};

// Lambda: its API, its jobs, and how others call functions. Thread-safe.
class Service {
 public:
  // Unavailable: there is no place for the code of functions.
  static Result<std::unique_ptr<Service>> create(const Surroundings& around,
                                                 const Settings& settings);

  // The operations, for the endpoint. They refer to this object.
  aws::Service api() const;
  // Before the runner starts.
  void handle_jobs(jobs::Runner& runner) { executor_->handle_jobs(runner); }
  Invoker& invoker() { return *executor_; }
  // What is fetched without a signature, below CodeLinks::path.
  const CodeLinks& code_links() const { return code_links_; }
  // Ends whatever function runs; from now on none does. Before what serves their endpoint ends.
  void stop() { executor_->stop(); }

 private:
  Service(const Surroundings& around, std::unique_ptr<Executor> executor);

  std::unique_ptr<Executor> executor_;
  const CodeLinks code_links_;
  const Functions functions_;
};

}  // namespace everseal::lambda
