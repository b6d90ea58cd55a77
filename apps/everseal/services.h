#pragma once

#include <functional>
#include <memory>
#include <string>

#include "bucket_rules_for_iam.h"
#include "buckets_for_load_balancers.h"
#include "buckets_for_private_ca.h"
#include "bus_rules_for_iam.h"
#include "code_for_lambda.h"
#include "destinations_for_lambda.h"
#include "events_for_services.h"
#include "function_rules_for_iam.h"
#include "gateway/haproxy/log_receiver.h"
#include "issuance/log/checkpoint.h"
#include "jobs/runner.h"
#include "keys/key_pool.h"
#include "keys/key_store.h"
#include "lambda_neighbours.h"
#include "metrics_of_lambda.h"
#include "metrics_of_services.h"
#include "neighbours_of_elbv2.h"
#include "objects_for_trust_stores.h"
#include "private_ca_for_acm.h"
#include "private_cas_for_trust_stores.h"
#include "queues_for_events.h"
#include "result/result.h"
#include "roles_for_sts.h"
#include "services/acm/service.h"
#include "services/acmpca/service.h"
#include "services/cloudwatch/service.h"
#include "services/control/virtual_time.h"
#include "services/elbv2/address_pool.h"
#include "services/elbv2/data_plane/data_plane.h"
#include "services/elbv2/logs/delivery.h"
#include "services/elbv2/logs/desk.h"
#include "services/elbv2/logs/tail.h"
#include "services/elbv2/trust_stores/service.h"
#include "services/events/destinations/service.h"
#include "services/events/service.h"
#include "services/health/service.h"
#include "services/iam/authorizer.h"
#include "services/iam/directory.h"
#include "services/lambda/service.h"
#include "services/logs/service.h"
#include "services/s3/object_files.h"
#include "services/s3/outside_deliveries.h"
#include "surroundings.h"
#include "targets_of_events.h"
#include "usage_metrics.h"

namespace everseal::app {

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
  Outcome prepare_data_plane();
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
  CertificateAuthorityUsage usage_of_authorities_;
  CertificatesPerCaUsage usage_of_each_authority_;
  cloudwatch::Service metrics_;
  MetricsOfPrivateCa metrics_of_private_ca_;
  acmpca::Service private_ca_;
  PrivateCaForAcm private_ca_for_acm_;
  EventsOfHealth events_of_health_;
  health::Service aws_health_;
  EventsOfAcm events_of_acm_;
  acm::Service acm_;
  CertificatesForElbv2 certificates_for_elbv2_{acm_.users()};
  logs::Service logs_;
  LogGroupTarget log_groups_;
  CountedTargets counted_log_groups_;
  QueuesForEvents queues_for_events_;
  CountedTargets counted_queues_;
  events::Service events_;
  std::unique_ptr<events::destinations::Service> destinations_;
  std::unique_ptr<CountedTargets> counted_destinations_;
  lambda::runtime::ServeEndpoint serve_endpoint_;  // set by who has the endpoint
  ObjectsForTrustStores objects_for_trust_stores_;
  PrivateCasForTrustStores private_cas_for_trust_stores_;
  UsersOfTrustStores users_of_trust_stores_;
  elbv2::trust_stores::Service trust_stores_;
  TrustStoresForElbv2 trust_stores_for_elbv2_;
  EventsOfLoadBalancers events_of_load_balancers_;
  BucketsForLoadBalancers buckets_for_load_balancers_;
  elbv2::logs::Delivery log_delivery_;
  elbv2::logs::Tail gateway_tail_;
  elbv2::logs::Desk gateway_desk_{log_delivery_, gateway_tail_};
  gateway::haproxy::LogReceiver gateway_log_{around_.clock, around_.random, gateway_desk_};
  elbv2::AddressPool addresses_;
  IdentitiesForListeners identities_for_listeners_;
  std::unique_ptr<elbv2::data_plane::DataPlane> data_plane_;
  CodeForLambda code_for_lambda_;
  RolesForLambda roles_for_lambda_;
  LogsForLambda logs_for_lambda_;
  DestinationsForLambda destinations_for_lambda_;
  MetricsOfLambda metrics_of_lambda_;
  std::unique_ptr<lambda::Service> lambda_;
  std::unique_ptr<FunctionTarget> functions_;
  std::unique_ptr<CountedTargets> counted_functions_;
  jobs::Runner runner_;
  std::unique_ptr<control::VirtualTime> virtual_time_;
};

}  // namespace everseal::app
