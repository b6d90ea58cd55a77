#pragma once

#include "aws/endpoint/authorizer.h"
#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "jobs/runner.h"
#include "keys/key_pool.h"
#include "keys/vault.h"
#include "log/log.h"
#include "random/random.h"
#include "services/acm/certificate_users.h"
#include "services/acm/event_sink.h"
#include "services/acm/issuing.h"
#include "services/acm/private_issuer.h"
#include "services/acm/renewal_listener.h"
#include "services/acm/server_certificate.h"
#include "services/acm/settings.h"
#include "sql/database.h"

namespace everseal::acm {

// What ACM works with; outlives it.
struct Surroundings {
  sql::Database& database;
  const Clock& clock;
  Random& random;
  Log& log;
  const keys::Vault& vault;
  keys::KeyPool& keys;
  PrivateIssuer& issuer;
  const aws::endpoint::Authorizer& authorizer;
  RenewalListener& listener;
  EventSink& events;
};

// Certificate Manager for private certificates: its API, its jobs, and what the rest of the program
// asks of it. Thread-safe.
class Service {
 public:
  Service(const Surroundings& surroundings, Settings settings);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // The operations, for the endpoint. They refer to this object.
  aws::Service api() const;

  // Before the runner starts.
  void handle_jobs(jobs::Runner& runner) const;

  const CertificateUsers& users() const { return users_; }
  const ServerCertificate& server_certificate() const { return server_certificate_; }

 private:
  const Surroundings around_;
  const Settings settings_;
  const Issuing issuing_;
  const CertificateUsers users_;
  const ServerCertificate server_certificate_;
};

}  // namespace everseal::acm
