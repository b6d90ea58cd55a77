#include "services/acm/testing/world.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "clock/time_text.h"
#include "jobs/migrations.h"
#include "services/acm/migrations.h"
#include "sql/migrations.h"
#include "sql/sqlite/open.h"

namespace everseal::acm::testing {

namespace {

std::unique_ptr<sql::Database> new_database(Log& log) {
  auto database = *sql::sqlite::open_in_memory({}, log);
  const auto migrated = sql::migrate(*database, {jobs::migrations(), acm::migrations()});
  if (!migrated) throw std::logic_error(migrated.error().cause);
  const auto made = database->write([](sql::Transaction& tx) { return TestIssuer::make_log(tx); });
  if (!made) throw std::logic_error(made.error().cause);
  return database;
}

aws::Call call_of_root() {
  aws::Call call;
  call.caller.account = "111122223333";
  call.caller.arn = call.caller.principal_arn = "arn:aws:iam::111122223333:root";
  call.region = "us-east-1";
  return call;
}

}  // namespace

Result<std::optional<aws::endpoint::Denial>> TestAuthorizer::authorize(
    const aws::Call& call, std::string_view action, const aws::Access& access) const {
  bool refused = denied.contains(action);
  if (policy) {
    const aws::policy::Context context(call, access);
    const auto decision =
        aws::policy::evaluate({action, access.resources.front(), context, call.caller.account},
                              {.identity = {&policy, 1}});
    if (!decision) return decision.error();
    refused = refused || !decision->allowed();
  }
  if (!refused) return std::optional<aws::endpoint::Denial>{};
  return std::optional(aws::endpoint::Denial{"not authorized to perform: " + std::string(action)});
}

Outcome TestEvents::tell(sql::Transaction&, const Event& event) {
  if (cannot_store) return Fault::unavailable("the disk is full");
  events.push_back(event);
  return {};
}

Outcome TestEvents::tell(sql::Transaction&, const RenewalNews& told) {
  if (cannot_store) return Fault::unavailable("the disk is full");
  news.push_back(told);
  return {};
}

World::World(Settings chosen, crypto::KeyAlgorithm ca_key)
    : clock(*parse_iso8601("2025-01-02T03:04:05Z")),
      log(clock, LogLevel::Debug, [this](std::string_view line) { lines.emplace_back(line); }),
      database(new_database(log)),
      master(keys::MasterKey::in_memory(random)),
      vault(master, random),
      keys({.rsa_2048 = 0, .rsa_3072 = 0, .rsa_4096 = 0}, log),
      issuer(ca_key, clock, random),
      settings(chosen),
      service({*database, clock, random, log, vault, keys, issuer, authorizer, listener, events},
              std::move(chosen)),
      runner(*database, clock, log),
      call(call_of_root()) {
  service.handle_jobs(runner);
}

void World::run_until(TimePoint time) {
  const auto done = runner.run_until(time, [this](TimePoint now) -> Outcome {
    clock.set(now);
    return {};
  });
  if (!done) throw std::logic_error(done.error().cause);
}

RequestCertificate::Request World::order(std::string domain_name) const {
  RequestCertificate::Request order;
  order.domain_name = std::move(domain_name);
  order.certificate_authority_arn = std::string(ca_arn);
  order.key_algorithm = KeyAlgorithm::EcP256;
  return order;
}

Result<RequestCertificate::Response, ApiError> World::request(
    const RequestCertificate::Request& order) {
  return RequestCertificate{*database, clock, random, issuer, authorizer, settings}(order, call);
}

std::string World::issued(std::string domain_name) {
  const auto answer = request(order(std::move(domain_name)));
  run_jobs();
  return answer->certificate_arn;
}

DescribeCertificate::Detail World::describe(std::string_view arn) {
  return DescribeCertificate{*database, clock}({std::string(arn)}, call)->certificate;
}

Result<ExportCertificate::Response, ApiError> World::export_certificate(
    std::string_view arn, std::string_view passphrase) {
  const ExportCertificate operation{*database, clock, random, vault, settings};
  return operation({std::string(arn), SecretBytes::copy_of(passphrase)}, call);
}

Result<aws::Empty, ApiError> World::renew(std::string_view arn) {
  return RenewCertificate{*database, clock, settings}({std::string(arn)}, call);
}

Result<std::optional<Material>> World::material(std::string_view arn) {
  return database->read([&](sql::Snapshot& view) { return find_material(view, arn); });
}

std::size_t World::promised(std::string_view kind) {
  const auto pending = runner.pending();
  const auto found = pending->find(std::string(kind));
  return found == pending->end() ? 0 : static_cast<std::size_t>(found->second);
}

bool World::was_logged(std::string_view event, std::string_view text) const {
  const auto quoted = '"' + std::string(event) + '"';
  return std::ranges::any_of(lines, [&](const auto& line) {
    return line.find(quoted) != line.npos && line.find(text) != line.npos;
  });
}

}  // namespace everseal::acm::testing
