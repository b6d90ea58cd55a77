#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "aws/endpoint/endpoint.h"
#include "aws/sigv4/verifier.h"
#include "bucket_rules_for_iam.h"
#include "buckets_for_private_ca.h"
#include "bus_rules_for_iam.h"
#include "clock/clock.h"
#include "code_for_lambda.h"
#include "configuration.h"
#include "events_for_services.h"
#include "foundation.h"
#include "front_door.h"
#include "function_rules_for_iam.h"
#include "health.h"
#include "http/server.h"
#include "issuance/log/checkpoint.h"
#include "jobs/runner.h"
#include "keys/key_pool.h"
#include "keys/key_store.h"
#include "lambda_neighbours.h"
#include "log/log.h"
#include "metrics_of_services.h"
#include "private_ca_for_acm.h"
#include "queues_for_events.h"
#include "random/random.h"
#include "result/result.h"
#include "roles_for_sts.h"
#include "services/acm/service.h"
#include "services/acmpca/service.h"
#include "services/cloudwatch/service.h"
#include "services/control/virtual_time.h"
#include "services/events/destinations/service.h"
#include "services/events/service.h"
#include "services/health/service.h"
#include "services/iam/authorizer.h"
#include "services/iam/directory.h"
#include "services/lambda/service.h"
#include "services/logs/service.h"
#include "services/s3/object_files.h"
#include "services/s3/outside_deliveries.h"
#include "targets_of_events.h"
#include "tls/context.h"

namespace everseal::app {

// What every part of the program works with; all of it outlives the program.
struct Surroundings {
  const Foundation& foundation;
  const Clock& clock;        // the domain's: what time it is for certificates and jobs
  ManualClock* moved_clock;  // the same, if it is virtual; else null
  const WallClock& wall;     // what clients sign by
  Random& random;
  Log& log;
  const Configuration& configuration;
};

// The services, plugged into one another: the map of the program, in order of need.
class Services final : private acm::RenewalListener {
 public:
  static Result<std::unique_ptr<Services>> build(const Surroundings& around);

  acm::Service& acm() { return acm_; }
  acmpca::Service& private_ca() { return private_ca_; }
  lambda::Service& lambda() { return *lambda_; }
  acmpca::SecondOpinions::Counts opinions() const { return private_ca_.second_opinions(); }

  // Whom to tell when the certificate of the server itself was renewed.
  void on_renewal(std::function<void(const std::string& arn)> listener) {
    on_renewal_ = std::move(listener);
  }

 private:
  friend class Program;
  Services(const Surroundings& around, issuance::log::LogKey log_key);
  Outcome open_destinations();
  Outcome open_lambda();
  void handle_jobs();
  void replaced(const std::string& certificate_arn) override;
  Result<jobs::Verdict> checkpoint(const jobs::Execution&);

  const Surroundings around_;
  std::function<void(const std::string&)> on_renewal_;
  std::string url_;  // where the server is reached
  issuance::log::LogKey log_key_;
  keys::KeyPool key_pool_;
  keys::SealedKeyStore key_store_;
  iam::Directory directory_;
  RolesForSts roles_;
  BucketRulesForIam bucket_rules_;
  FunctionRulesForIam function_rules_;
  BusRulesForIam bus_rules_;
  iam::Authorizer authorizer_;
  s3::ObjectFiles object_files_;
  s3::OutsideDeliveries outside_;
  BucketsForPrivateCa buckets_;
  DefaultBuses buses_of_events_;
  Alarms alarms_;
  EventsOfPrivateCa events_of_private_ca_;
  DaysToExpiry days_to_expiry_;
  cloudwatch::Service metrics_;
  MetricsOfPrivateCa metrics_of_private_ca_;
  acmpca::Service private_ca_;
  PrivateCaForAcm private_ca_for_acm_;
  EventsOfHealth events_of_health_;
  health::Service aws_health_;
  EventsOfAcm events_of_acm_;
  acm::Service acm_;
  logs::Service logs_;
  LogGroupTarget log_groups_;
  CountedTargets counted_log_groups_;
  QueuesForEvents queues_for_events_;
  CountedTargets counted_queues_;
  events::Service events_;
  std::unique_ptr<events::destinations::Service> destinations_;
  std::unique_ptr<CountedTargets> counted_destinations_;
  lambda::runtime::ServeEndpoint serve_endpoint_;  // set by who has the endpoint
  CodeForLambda code_for_lambda_;
  RolesForLambda roles_for_lambda_;
  LogsForLambda logs_for_lambda_;
  std::unique_ptr<lambda::Service> lambda_;
  std::unique_ptr<FunctionTarget> functions_;
  std::unique_ptr<CountedTargets> counted_functions_;
  jobs::Runner runner_;
  std::unique_ptr<control::VirtualTime> virtual_time_;
};

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
