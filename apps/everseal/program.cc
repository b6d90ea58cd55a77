#include "program.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "console/answer.h"
#include "http/client.h"
#include "metrics.h"
#include "server_names.h"
#include "services/control/service.h"
#include "services/elbv2/logs/operations/tail_gateway.h"
#include "services/elbv2/service.h"
#include "services/iam/service.h"
#include "services/s3/service.h"
#include "services/sqs/service.h"
#include "services/sts/service.h"

namespace everseal::app {
namespace {

std::size_t count(std::int64_t number) { return static_cast<std::size_t>(number); }

// A worker spends most of its time waiting for the disk, which takes what all of them bring in one
// go: the more there are, the more each fsync carries.
unsigned worker_count(const Configuration::Limits& limits) {
  if (limits.workers > 0) return static_cast<unsigned>(limits.workers);
  return std::max(64U, 16 * std::thread::hardware_concurrency());
}

http::Options server_options(const Configuration& configuration, const http::Listen& listen,
                             std::shared_ptr<const tls::ServerContext> tls) {
  const auto& limits = configuration.limits;
  http::Options options;
  options.listen = {listen};
  options.workers = worker_count(limits);
  options.limits.connections = count(limits.connections);
  options.limits.head_bytes = count(limits.header_bytes);
  options.limits.queued_requests = count(limits.queued_requests);
  options.limits.head = std::chrono::seconds{limits.header_seconds};
  options.limits.body_idle = std::chrono::seconds{limits.body_seconds};
  options.limits.keep_alive = std::chrono::seconds{limits.idle_seconds};
  options.tls = std::move(tls);
  return options;
}

aws::endpoint::BucketHosts bucket_hosts(const Configuration& configuration) {
  const auto& name = configuration.s3.host_name;
  return name.empty() ? aws::endpoint::BucketHosts() : aws::endpoint::BucketHosts({name});
}

http::Options publication_options(const Configuration& configuration, const http::Listen& listen) {
  auto options = server_options(configuration, listen, nullptr);
  options.workers = std::max(4U, 2 * std::thread::hardware_concurrency());
  options.io_threads = std::max(1U, std::thread::hardware_concurrency());  // OCSP is answered there
  return options;
}

// A relying party at this address, a connection a question.
acmpca::Watchdog::Fetch fetch_at(const std::string& url) {
  return [url](const http::Request& request) -> Result<std::string> {
    const auto parsed = http::Url::parse(url);
    if (!parsed) return parsed.error();
    auto client = http::Client::create(*parsed, {});
    if (!client) return client.error();
    auto answer = (*client)->send(request.head, request.body);
    if (!answer) return answer.error();
    if (answer->status != 200)
      return Fault::unavailable("the answer has status " + std::to_string(answer->status));
    return std::move(answer->body);
  };
}

http::Response code_page(Result<std::optional<Bytes>> zip) {
  http::Response response;
  response.headers.add("Content-Type", zip && *zip ? "application/zip" : "text/plain");
  response.status = !zip ? 503 : !*zip ? 403 : 200;
  response.body = !zip    ? "The code cannot be read now.\n"
                  : !*zip ? "There is nothing here, or no longer.\n"
                          : to_text(**zip);
  return response;
}

// An ephemeral server is for tests, whose targets are where it is.
bool takes_loopback_targets(const Surroundings& around) {
  return around.configuration.load_balancers.loopback_targets || around.foundation.folder.empty();
}

FrontDoor::Console console_of(const Configuration& configuration) {
  if (!configuration.console) return {};
  return {
      .answer =
          [](const http::RequestHead& head) { return console::answer(head, console::embedded()); },
      .is_of_bucket =
          [hosts = bucket_hosts(configuration)](const http::RequestHead& head) {
            return hosts.bucket_of(head).has_value();
          }};
}

std::string url_of(std::string_view scheme, const http::Listen& listening) {
  return std::string(scheme) + "://" + url_host(listening) + ":" + std::to_string(listening.port);
}

}  // namespace

Program::Program(const Surroundings& around, std::unique_ptr<Services> services)
    : around_(around),
      services_(std::move(services)),
      verifier_(services_->directory_, around.wall),
      endpoint_(
          [&] {
            std::vector<aws::Service> all;
            all.push_back(iam::make_service({.database = *around.foundation.database,
                                             .directory = services_->directory_,
                                             .vault = *around.foundation.vault,
                                             .random = around.random,
                                             .clock = around.clock}));
            all.push_back(sts::make_service({.accounts =
                                                 [this](std::string_view key_id) {
                                                   return services_->directory_.account_of(key_id);
                                                 },
                                             .roles = services_->roles_,
                                             .vault = *around.foundation.vault,
                                             .random = around.random,
                                             .clock = around.clock}));
            all.push_back(services_->private_ca_.api());
            all.push_back(services_->acm_.api());
            all.push_back(services_->aws_health_.api());
            all.push_back(services_->events_.api());
            services_->destinations_->add_operations(all.back());
            all.push_back(services_->logs_.api());
            for (auto& metrics : services_->metrics_.api()) all.push_back(std::move(metrics));
            for (auto& queues :
                 sqs::make_services({.database = *around.foundation.database,
                                     .random = around.random,
                                     .clock = around.clock,
                                     .base_url = [this] { return services_->url_; }}))
              all.push_back(std::move(queues));
            all.push_back(s3::make_service({.database = *around.foundation.database,
                                            .files = services_->object_files_,
                                            .authorizer = services_->authorizer_,
                                            .random = around.random,
                                            .clock = around.clock,
                                            .credentials = services_->directory_,
                                            .wall = around.wall}));
            all.push_back(services_->lambda_->api());
            all.push_back(
                elbv2::make_service({.database = *around.foundation.database,
                                     .certificates = services_->certificates_for_elbv2_,
                                     .trust_stores = services_->trust_stores_for_elbv2_,
                                     .addresses = services_->addresses_,
                                     .takes_loopback_targets = takes_loopback_targets(around),
                                     .reports = services_->data_plane_.get(),
                                     .log_objects = &services_->buckets_for_load_balancers_,
                                     .random = around.random,
                                     .clock = around.clock}));
            services_->trust_stores_.add_trust_store_operations(all.back());
            all.push_back(control::make_service(services_->virtual_time_.get()));
            services_->private_ca_.add_own_operations(all.back());
            all.back().add(elbv2::logs::TailGateway{services_->gateway_tail_});
            return all;
          }(),
          {.verifier = verifier_,
           .authorizer = services_->authorizer_,
           .clock = around.clock,
           .random = around.random,
           .log = around.log,
           .bucket_hosts = bucket_hosts(around.configuration)}),
      health_(*around.foundation.database),
      front_door_(
          endpoint_,
          {.health = [this] { return health_.check(); },
           .metrics =
               [this] {
                 return metrics_text({.requests = endpoint_.metrics(),
                                      .jobs = services_->runner_,
                                      .keys = services_->key_pool_,
                                      .log = around_.log,
                                      .opinions = services_->opinions(),
                                      .crls = services_->private_ca_.crls(),
                                      .watchdog = services_->private_ca_.watchdog(),
                                      .first_ca_end = services_->private_ca_.first_end(),
                                      .gateway = services_->gateway_desk_.counts(),
                                      .gateway_lines = services_->gateway_log_.counts(),
                                      .gateway_logs = services_->log_delivery_.counts(),
                                      .now = around_.clock.now()},
                                     server_->stats());
               },
           .console = console_of(around.configuration),
           .linked = {{elbv2::trust_stores::ContentLinks::path,
                       [this](const http::RequestHead& head) {
                         return services_->trust_stores_.content_links().answer(head);
                       }},
                      {lambda::CodeLinks::path,
                       [this](const http::RequestHead& head) {
                         return code_page(services_->lambda_->code_links().follow(head.path()));
                       }}}},
          around.random, around.log) {}

Result<std::unique_ptr<Program>> Program::open(const Surroundings& around,
                                               const http::Listen& listen,
                                               const std::optional<http::Listen>& publish) {
  auto services = Services::build(around);
  if (!services) return services.error();
  std::unique_ptr<Program> program(new Program(around, *std::move(services)));
  const auto identity = program->load_server_identity();
  if (!identity) return identity.error();
  if (!program->tls_ && !listen.is_loopback()) {
    return Fault::conflict("there is no certificate for TLS, so only loopback can be served, not " +
                           listen.text());
  }
  auto server = http::Server::open(server_options(around.configuration, listen, program->tls_),
                                   program->front_door_, around.wall, around.log);
  if (!server) return server.error();
  program->server_ = *std::move(server);
  program->services_->url_ = program->url();
  program->services_->serve_endpoint_ = [here = program->server_.get()](int listening) {
    return here->serve_also(listening);
  };
  if (!publish) return program;
  auto publication = http::Server::open(publication_options(around.configuration, *publish),
                                        program->services_->private_ca_.publication_point(),
                                        around.wall, around.log);
  if (!publication) return publication.error();
  program->publication_ = *std::move(publication);
  program->services_->private_ca_.watch_by(fetch_at(*program->publication_url()));
  return program;
}

Program::~Program() { stop(std::chrono::steady_clock::now()); }

Outcome Program::load_server_identity() {
  auto current = services_->acm_.server_certificate().current();
  if (!current) return current.error();
  if (!*current) return {};  // in memory there is none, and only loopback is served
  const tls::ServerIdentity identity{.chain = std::move((*current)->identity.chain),
                                     .private_key = std::move((*current)->identity.private_key)};
  if (tls_) return tls_->replace(identity);
  auto context = tls::ServerContext::create(identity);
  if (!context) return context.error();
  tls_ = *std::move(context);
  return {};
}

Outcome Program::load_renewed_identity(const std::string& arn) {
  const auto ours = services_->acm_.server_certificate().is_ours(arn);
  if (!ours) return ours.error();
  if (!*ours) return {};
  const auto loaded = load_server_identity();
  if (loaded) around_.log.info("tls.certificate.replaced", {{"certificate", arn}});
  return loaded;
}

Outcome Program::add_server_names(const std::vector<std::string>& host_names) {
  const auto& certificates = services_->acm_.server_certificate();
  const auto current = certificates.current();
  if (!current) return current.error();
  if (!*current) return {};
  auto names = (*current)->names;
  auto wanted = host_names;
  if (auto address = name_of(server_->listening().front()); !address.empty()) {
    wanted.push_back(std::move(address));
  }
  for (const auto& name : wanted) {
    if (auto added = add_name(names, name); !added) return added;
  }
  if (names == (*current)->names) return {};
  const auto issued = certificates.issue((*current)->certificate_authority_arn, (*current)->region,
                                         names, acm::KeyAlgorithm::EcP256);
  if (!issued) return Fault::conflict(issued.error().message);
  return load_renewed_identity(*issued);
}

// What is left stays for the next start.
void Program::sweep_objects() {
  const auto swept = services_->object_files_.sweep(*around_.foundation.database);
  if (!swept) around_.log.error("s3.orphans.not_swept", {{"cause", swept.error().cause}});
}

Outcome Program::serve(const std::vector<std::string>& host_names) {
  const std::chrono::seconds delay{around_.configuration.log.checkpoint_seconds};
  const auto set = issuance::log::set_checkpoint_delay(*around_.foundation.database, delay);
  if (!set) return set;
  services_->on_renewal([this](const std::string& arn) {
    services_->data_plane_->certificate_replaced(arn);
    if (const auto loaded = load_renewed_identity(arn); !loaded) {
      around_.log.error("tls.certificate.not_replaced",
                        {{"certificate", arn}, {"cause", loaded.error().cause}});
    }
  });
  // A full disk must not keep the server from starting: clients that use the old names are served.
  if (const auto named = add_server_names(host_names); !named) {
    around_.log.error("tls.names.not_added", {{"cause", named.error().cause}});
  }
  sweep_objects();
  if (const auto begun = services_->outside_.begin(); !begun) return begun;
  if (auto running = services_->runner_.start(); !running) return running;
  services_->data_plane_->start();
  server_->serve();
  if (publication_) publication_->serve();
  serving_ = true;
  return {};
}

std::string Program::url() const {
  const auto& listening = server_->listening().front();
  return url_of(listening.is_loopback() ? "http" : "https", listening);
}

std::optional<std::string> Program::publication_url() const {
  if (!publication_) return std::nullopt;
  return url_of("http", publication_->listening().front());
}

std::optional<std::string> Program::console_url() const {
  if (!around_.configuration.console || console::embedded().empty()) return std::nullopt;
  return url() + "/console/";
}

// Jobs are told first: they would keep a request that moves the clock from ending.
void Program::stop(std::chrono::steady_clock::time_point until) {
  if (!std::exchange(serving_, false)) return;
  auto& runner = services_->runner_;
  runner.begin_to_stop();
  services_->lambda_->stop();
  services_->gateway_tail_.stop();
  if (publication_) publication_->drain(until);
  server_->drain(until);
  services_->data_plane_->stop();
  const auto ended = runner.stop(until);
  services_->key_pool_.give_up();
  server_->stop(std::chrono::milliseconds(0));
  if (!ended) around_.log.warning("jobs.still_running", {{"cause", ended.error().cause}});
  const auto kept = issuance::log::make_checkpoint(*around_.foundation.database,
                                                   services_->log_key_, around_.clock);
  if (!kept) around_.log.error("log.checkpoint.failed", {{"cause", kept.error().cause}});
  publication_.reset();
  server_.reset();
}

}  // namespace everseal::app
