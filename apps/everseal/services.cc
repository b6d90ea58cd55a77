#include "services.h"

#include <utility>

#include "gateway_of_elbv2.h"
#include "settings_of_services.h"

namespace everseal::app {

Services::Services(const Surroundings& around, issuance::log::LogKey log_key)
    : around_(around),
      log_key_(std::move(log_key)),
      key_pool_(pool_options(around.configuration.keys), around.log),
      key_store_(*around.foundation.vault, key_pool_),
      directory_(*around.foundation.database, *around.foundation.vault, around.clock),
      roles_(directory_),
      bucket_rules_(*around.foundation.database),
      function_rules_(*around.foundation.database),
      bus_rules_(*around.foundation.database),
      authorizer_(directory_, {&bucket_rules_, &bus_rules_, &function_rules_}),
      object_files_(*around.foundation.objects, around.random, around.log),
      outside_(outside_buckets(around.configuration), *around.foundation.database, object_files_,
               around.clock, around.wall, around.log),
      buckets_({*around.foundation.database, object_files_, around.random, around.clock},
               {*around.foundation.database, object_files_}, authorizer_, outside_),
      buses_of_events_(around.random, around.clock),
      alarms_(*around.foundation.database, buses_of_events_, around.clock, around.log),
      events_of_private_ca_(buses_of_events_),
      days_to_expiry_(around.clock),
      usage_of_authorities_(around.clock),
      usage_of_each_authority_(around.clock),
      metrics_({.database = *around.foundation.database,
                .clock = around.clock,
                .log = around.log,
                .computed = {&days_to_expiry_, &usage_of_authorities_, &usage_of_each_authority_},
                .write_interval = metrics_interval(around)}),
      metrics_of_private_ca_(metrics_.recorder(), events_of_private_ca_),
      private_ca_({.database = *around.foundation.database,
                   .clock = around.clock,
                   .random = around.random,
                   .log = around.log,
                   .key_store = key_store_,
                   .sink = buckets_,
                   .source = buckets_,
                   .events = alarms_,
                   .announcer = metrics_of_private_ca_},
                  private_ca_settings(around)),
      private_ca_for_acm_(private_ca_.issuer()),
      events_of_health_(buses_of_events_),
      aws_health_(*around.foundation.database, around.clock, around.random, events_of_health_),
      events_of_acm_(buses_of_events_, aws_health_.desk()),
      acm_({.database = *around.foundation.database,
            .clock = around.clock,
            .random = around.random,
            .log = around.log,
            .vault = *around.foundation.vault,
            .keys = key_pool_,
            .issuer = private_ca_for_acm_,
            .authorizer = authorizer_,
            .listener = *this,
            .events = events_of_acm_},
           acm_settings(around.configuration.renewal)),
      logs_(*around.foundation.database, around.clock),
      log_groups_(logs_.writer(), around.clock),
      counted_log_groups_(metrics_.recorder(), log_groups_),
      queues_for_events_(*around.foundation.database, around.clock, around.random),
      counted_queues_(metrics_.recorder(), queues_for_events_),
      events_({.database = *around.foundation.database,
               .clock = around.clock,
               .random = around.random,
               .log = around.log,
               .dead_letters = &queues_for_events_}),
      objects_for_trust_stores_({*around.foundation.database, object_files_}, authorizer_),
      private_cas_for_trust_stores_(*around.foundation.database),
      trust_stores_({.database = *around.foundation.database,
                     .clock = around.clock,
                     .wall = around.wall,
                     .random = around.random,
                     .vault = *around.foundation.vault,
                     .objects = objects_for_trust_stores_,
                     .associations = &users_of_trust_stores_,
                     .private_cas = &private_cas_for_trust_stores_,
                     .url = [this] { return url_; }},
                    trust_store_settings(around.configuration)),
      events_of_load_balancers_(*around.foundation.database, buses_of_events_, around.clock),
      buckets_for_load_balancers_(
          {*around.foundation.database, object_files_, around.random, around.clock},
          *around.foundation.database),
      log_delivery_({.database = *around.foundation.database,
                     .objects = buckets_for_load_balancers_,
                     .random = around.random,
                     .clock = around.clock,
                     .log = around.log},
                    log_settings(around.configuration)),
      identities_for_listeners_(*around.foundation.vault),
      code_for_lambda_({*around.foundation.database, object_files_}, authorizer_),
      roles_for_lambda_({.roles = roles_,
                         .vault = *around.foundation.vault,
                         .random = around.random,
                         .clock = around.clock}),
      logs_for_lambda_(logs_.writer(), around.log),
      destinations_for_lambda_({.authorizer = authorizer_,
                                .roles = roles_,
                                .clock = around.clock,
                                .random = around.random}),
      metrics_of_lambda_(metrics_.recorder()),
      runner_(*around.foundation.database, around.clock, around.log,
              {.threads = static_cast<unsigned>(around.configuration.job_threads)}) {
  if (around.moved_clock != nullptr) {
    virtual_time_ = std::make_unique<control::VirtualTime>(*around.moved_clock, runner_,
                                                           *around.foundation.database);
  }
  events_.add_targets(counted_log_groups_);
  events_.add_targets(counted_queues_);
}

Outcome Services::open_destinations() {
  auto opened = events::destinations::Service::create({.database = *around_.foundation.database,
                                                       .clock = around_.clock,
                                                       .random = around_.random,
                                                       .log = around_.log,
                                                       .vault = *around_.foundation.vault},
                                                      destination_settings(around_.configuration));
  if (!opened) return opened.error();
  destinations_ = *std::move(opened);
  counted_destinations_ =
      std::make_unique<CountedTargets>(metrics_.recorder(), destinations_->targets());
  events_.add_targets(*counted_destinations_);
  return {};
}

Outcome Services::open_lambda() {
  auto opened = lambda::Service::create({.database = *around_.foundation.database,
                                         .clock = around_.clock,
                                         .wall = around_.wall,
                                         .random = around_.random,
                                         .log = around_.log,
                                         .vault = *around_.foundation.vault,
                                         .authorizer = authorizer_,
                                         .objects = code_for_lambda_,
                                         .credentials = &roles_for_lambda_,
                                         .log_sink = &logs_for_lambda_,
                                         .destinations = &destinations_for_lambda_,
                                         .meter = &metrics_of_lambda_,
                                         .serve_endpoint =
                                             [this](int listening) {
                                               return serve_endpoint_ ? serve_endpoint_(listening)
                                                                      : std::shared_ptr<void>();
                                             },
                                         .base_url = [this] { return url_; }},
                                        lambda_settings(around_));
  if (!opened) return opened.error();
  lambda_ = *std::move(opened);
  functions_ = std::make_unique<FunctionTarget>(lambda_->invoker());
  counted_functions_ = std::make_unique<CountedTargets>(metrics_.recorder(), *functions_);
  events_.add_targets(*counted_functions_);
  return {};
}

Outcome Services::prepare_data_plane() {
  auto addresses = elbv2::AddressPool::parse(around_.configuration.load_balancers.addresses);
  if (!addresses) return addresses.error();
  addresses_ = *std::move(addresses);
  data_plane_ = std::make_unique<elbv2::data_plane::DataPlane>(
      elbv2::data_plane::Surroundings{
          .database = *around_.foundation.database,
          .trust_stores = trust_stores_.reader(),
          .identities = identities_for_listeners_,
          .clock = around_.clock,
          .log = around_.log,
          .events = events_of_load_balancers_,
          .open_gateway =
              [this](auto tell_death) {
                auto settings = gateway_settings(around_.configuration, around_.foundation.folder);
                settings.log_receiver = &gateway_log_;
                return open_gateway(std::move(settings), around_.log, std::move(tell_death));
              }},
      data_plane_settings(around_.configuration));
  return {};
}

Result<std::unique_ptr<Services>> Services::build(const Surroundings& around) {
  auto log_key =
      issuance::log::LogKey::open_or_create(*around.foundation.database, *around.foundation.vault);
  if (!log_key) return log_key.error();
  std::unique_ptr<Services> services(new Services(around, *std::move(log_key)));
  if (const auto opened = services->open_destinations(); !opened) return opened.error();
  if (const auto opened = services->open_lambda(); !opened) return opened.error();
  if (const auto done = services->prepare_data_plane(); !done) return done.error();
  services->handle_jobs();
  return services;
}

void Services::handle_jobs() {
  private_ca_.handle_jobs(runner_);
  acm_.handle_jobs(runner_);
  aws_health_.handle_jobs(runner_);
  events_.handle_jobs(runner_);
  destinations_->handle_jobs(runner_);
  logs_.handle_jobs(runner_);
  metrics_.handle_jobs(runner_);
  lambda_->handle_jobs(runner_);
  log_delivery_.handle_jobs(runner_);
  runner_.handle(
      std::string(s3::OutsideDeliveries::job_kind),
      [this](const jobs::Execution& job) { return outside_.deliver(job); },
      s3::OutsideDeliveries::job_options);
  runner_.handle(std::string(issuance::log::checkpoint_job),
                 [this](const jobs::Execution& job) { return checkpoint(job); });
}

Result<jobs::Verdict> Services::checkpoint(const jobs::Execution&) {
  const auto made =
      issuance::log::make_checkpoint(*around_.foundation.database, log_key_, around_.clock);
  if (!made) return made.error();
  return jobs::Verdict::done();
}

void Services::replaced(const std::string& certificate_arn) {
  if (on_renewal_) on_renewal_(certificate_arn);
}

}  // namespace everseal::app
