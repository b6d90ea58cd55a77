#pragma once

#include <memory>

#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "jobs/runner.h"
#include "keys/vault.h"
#include "log/log.h"
#include "random/random.h"
#include "result/result.h"
#include "services/events/destinations/authorizing.h"
#include "services/events/destinations/outbound.h"
#include "services/events/destinations/settings.h"
#include "services/events/destinations/target.h"
#include "services/events/destinations/tokens.h"
#include "services/events/target.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// What connections and destinations work with; outlives them.
struct Surroundings {
  sql::Database& database;
  const Clock& clock;
  Random& random;
  Log& log;
  const keys::Vault& vault;
};

// The part of EventBridge that brings events to systems outside. Thread-safe.
class Service {
 public:
  // Malformed: the file of trusted certificates.
  static Result<std::unique_ptr<Service>> create(const Surroundings& surroundings,
                                                 const Settings& settings);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // To those of EventBridge. They refer to this object.
  void add_operations(aws::Service& events);
  // Before the runner starts.
  void handle_jobs(jobs::Runner& runner);
  TargetKind& targets() { return targets_; }
  Tokens& tokens() { return tokens_; }

 private:
  Service(const Surroundings& surroundings, const Settings& settings,
          std::unique_ptr<Outbound> outbound);

  const Surroundings around_;
  const Settings settings_;
  const std::unique_ptr<Outbound> outbound_;
  Tokens tokens_;
  Authorizing authorizing_;
  ApiDestinations targets_;
};

}  // namespace everseal::events::destinations
