#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "aws/endpoint/endpoint.h"
#include "aws/sigv4/verifier.h"
#include "front_door.h"
#include "health.h"
#include "http/server.h"
#include "result/result.h"
#include "services.h"
#include "surroundings.h"
#include "tls/context.h"

namespace everseal::app {

// The services at an address.
class Program {
 public:
  // Takes the addresses; nothing of the data has changed yet. Unavailable: one of them is taken.
  // Conflict: it is not loopback, and there is no certificate for TLS. `publish`: where CRLs are
  // fetched in the clear.
  static Result<std::unique_ptr<Program>> open(const Surroundings& around,
                                               const http::Listen& listen,
                                               const std::optional<http::Listen>& publish);
  ~Program();

  // Runs jobs and answers requests. `host_names`: what clients call this server besides what its
  // certificate says already; if that lacks one of them, or the address, it is issued anew.
  Outcome serve(const std::vector<std::string>& host_names);

  // "http://127.0.0.1:4566": the scheme is http on loopback, where both are spoken; elsewhere the
  // host is one that the certificate has.
  std::string url() const;
  // Where CRLs are fetched, if they are.
  std::optional<std::string> publication_url() const;
  // Where the console is, if this program has one and shows it.
  std::optional<std::string> console_url() const;
  // Takes no more requests, answers what has begun, ends jobs; what has not ended by then is cut
  // off, and waited for.
  void stop(std::chrono::steady_clock::time_point until);

 private:
  Program(const Surroundings& around, std::unique_ptr<Services> services);
  Outcome load_server_identity();
  Outcome load_renewed_identity(const std::string& arn);
  void sweep_objects();
  Outcome add_server_names(const std::vector<std::string>& host_names);

  const Surroundings around_;
  std::unique_ptr<Services> services_;
  aws::sigv4::Verifier verifier_;
  aws::endpoint::Endpoint endpoint_;
  Health health_;
  FrontDoor front_door_;
  std::shared_ptr<tls::ServerContext> tls_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<http::Server> publication_;  // may be null
  bool serving_ = false;
};

}  // namespace everseal::app
