#pragma once

#include <string>
#include <string_view>

#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "jobs/runner.h"
#include "keys/key_store.h"
#include "log/log.h"
#include "random/random.h"
#include "services/acmpca/issuer.h"
#include "services/acmpca/ready_authorities.h"
#include "services/acmpca/second_opinions.h"
#include "services/acmpca/settings.h"
#include "sql/database.h"

namespace everseal::acmpca {

// What Private CA works with; outlives it.
struct Surroundings {
  sql::Database& database;
  const Clock& clock;
  Random& random;
  Log& log;
  keys::KeyStore& key_store;
};

// Private CA: its API, its jobs, and what the rest of the program asks of it. Thread-safe.
class Service {
 public:
  explicit Service(const Surroundings& surroundings, Settings settings = {});
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // The operations, for the endpoint. They refer to this object.
  aws::Service api();

  // Before the runner starts.
  void handle_jobs(jobs::Runner& runner);

  SecondOpinions::Counts second_opinions() const { return second_opinions_.counts(); }

  // For services that need certificates.
  const Issuer& issuer() const { return issuer_; }

  // The CA for the certificates of this server itself, see internal_root.h. Returns its ARN.
  Result<std::string> create_internal_root(std::string_view account, std::string_view region,
                                           std::string_view common_name) const;

 private:
  const Surroundings around_;
  const Settings settings_;
  ReadyAuthorities authorities_;
  const Issuer issuer_;
  SecondOpinions second_opinions_;
};

}  // namespace everseal::acmpca
