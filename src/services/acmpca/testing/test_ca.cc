#include "services/acmpca/testing/test_ca.h"

#include <stdexcept>

#include "asn1/pem.h"
#include "clock/time_text.h"
#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/operations/create_certificate_authority.h"
#include "services/acmpca/operations/describe_certificate_authority.h"
#include "services/acmpca/operations/get_certificate_authority_csr.h"
#include "services/acmpca/operations/import_certificate_authority_certificate.h"
#include "services/acmpca/testing/older_release.h"
#include "sql/sqlite/open.h"
#include "x509/csr_builder.h"
#include "x509/name.h"
#include "x509/oids.h"

namespace everseal::acmpca::testing {
namespace {

std::string text_of(const Fault& fault) { return fault.cause; }
std::string text_of(const ApiError& error) {
  return std::string(error.code) + ": " + error.message + " " + error.cause;
}

// The value, or an exception that says why there is none.
template <class T, class E>
T good(Result<T, E> result) {
  if (!result) throw std::runtime_error(text_of(result.error()));
  return *std::move(result);
}

std::unique_ptr<sql::Database> empty_database(Log& log) {
  auto database = good(sql::sqlite::open_in_memory({}, log));
  migrate(*database);
  return database;
}

aws::Call root_user(TimePoint now) {
  aws::Call call;
  call.caller.kind = aws::Caller::Kind::Root;
  call.caller.account = "111122223333";
  call.caller.arn = "arn:aws:iam::111122223333:root";
  call.region = "us-east-1";
  call.received_at = now;
  return call;
}

CaConfiguration configuration_of(std::string common_name, KeyAlgorithm algorithm) {
  const bool is_rsa = algorithm < KeyAlgorithm::EcP256;
  CaConfiguration configuration{.key_algorithm = algorithm,
                                .signing_algorithm = is_rsa ? SigningAlgorithm::Sha256WithRsa
                                                            : SigningAlgorithm::Sha256WithEcdsa,
                                .subject = {},
                                .csr_extensions = std::nullopt};
  configuration.subject.common_name = std::move(common_name);
  return configuration;
}

}  // namespace

TestCa::TestCa(Settings chosen)
    : clock(at("2025-03-01T12:00:00Z")),
      settings(chosen),
      log(clock, LogLevel::Info, [this](std::string_view line) { log_lines.emplace_back(line); }),
      database(empty_database(log)),
      master_key(keys::MasterKey::in_memory(random)),
      vault(master_key, random),
      pool({.rsa_2048 = 0, .rsa_3072 = 0, .rsa_4096 = 0}, log),
      key_store(vault, pool),
      authorities(*database, clock, key_store, settings),
      audit_reporter(*database, clock, bucket, announcements, log, settings),
      bulk_revoker(*database, clock, announcements, log, settings),
      crl_publisher(*database, clock, authorities, bucket, announcements, log, settings),
      ocsp_responders(*database, clock, random, key_store, authorities, log, settings),
      ocsp_desk(*database, clock, ocsp_responders, settings),
      ocsp_presigner(*database, clock, ocsp_responders, settings),
      publication_point(*database, clock, bucket, ocsp_desk, settings),
      issuer(*database, clock, authorities, random, announcements, settings),
      call(root_user(clock.now())) {}

AuthorityArn TestCa::create(CaType type, std::string common_name, KeyAlgorithm algorithm,
                            UsageMode usage_mode) {
  const auto created = good(run<CreateCertificateAuthority>(
      {.certificate_authority_configuration = configuration_of(std::move(common_name), algorithm),
       .revocation_configuration = std::nullopt,
       .certificate_authority_type = type,
       .idempotency_token = std::nullopt,
       .key_storage_security_standard = std::nullopt,
       .tags = {},
       .usage_mode = usage_mode}));
  return good(AuthorityArn::parse(created.certificate_authority_arn));
}

std::string TestCa::csr_of(const AuthorityArn& ca) {
  return good(run<GetCertificateAuthorityCsr>({ca})).csr;
}

IssueCertificate::Request TestCa::order(const AuthorityArn& ca, std::string_view csr) {
  return {.api_passthrough = std::nullopt,
          .certificate_authority_arn = ca,
          .csr = to_bytes(csr),
          .signing_algorithm = stored(ca).configuration.signing_algorithm,
          .template_arn = std::nullopt,
          .validity = days(365),
          .validity_not_before = std::nullopt,
          .idempotency_token = std::nullopt};
}

IssueCertificate::Request TestCa::order(const AuthorityArn& ca, std::string_view csr,
                                        std::string_view template_name, Validity validity) {
  auto request = order(ca, csr);
  request.template_arn = template_arn(template_name);
  request.validity = validity;
  return request;
}

x509::Certificate TestCa::issue(const IssueCertificate::Request& request) {
  const auto issued = good(run<IssueCertificate>(request));
  const auto got = get(request.certificate_authority_arn, issued.certificate_arn);
  return good(x509::Certificate::parse_pem(got.certificate));
}

GetCertificate::Response TestCa::get(const AuthorityArn& ca, std::string_view certificate_arn) {
  return good(run<GetCertificate>({ca, std::string(certificate_arn)}));
}

AuthorityArn TestCa::active_root(std::string common_name, KeyAlgorithm algorithm,
                                 UsageMode usage_mode) {
  const auto ca = create(CaType::Root, std::move(common_name), algorithm, usage_mode);
  install_root(ca, years(10));
  return ca;
}

AuthorityArn TestCa::active_subordinate(const AuthorityArn& parent, std::string_view template_name,
                                        std::int64_t count, std::string common_name) {
  const auto ca = create(CaType::Subordinate, std::move(common_name));
  install_below(ca, parent, template_name, days(count));
  return ca;
}

void TestCa::install_root(const AuthorityArn& ca, Validity validity) {
  const auto issued =
      good(run<IssueCertificate>(order(ca, csr_of(ca), "RootCACertificate", validity)));
  good(run<ImportCertificateAuthorityCertificate>(
      {.certificate = to_bytes(get(ca, issued.certificate_arn).certificate),
       .certificate_authority_arn = ca,
       .certificate_chain = {}}));
}

void TestCa::install_below(const AuthorityArn& ca, const AuthorityArn& parent,
                           std::string_view template_name, Validity validity) {
  const auto issued =
      good(run<IssueCertificate>(order(parent, csr_of(ca), template_name, validity)));
  const auto got = get(parent, issued.certificate_arn);
  good(run<ImportCertificateAuthorityCertificate>(
      {.certificate = to_bytes(got.certificate),
       .certificate_authority_arn = ca,
       .certificate_chain = to_bytes(got.certificate_chain.value())}));
}

void TestCa::run_jobs_until(TimePoint time) {
  jobs::Runner runner(*database, clock, log);
  runner.handle(std::string(audit::Reporter::job_kind), [this](const jobs::Execution& execution) {
    return audit_reporter.make(execution);
  });
  runner.handle(std::string(BulkRevoker::job_kind), [this](const jobs::Execution& execution) {
    return bulk_revoker.revoke_some(execution);
  });
  runner.handle(std::string(CrlPublisher::job_kind), [this](const jobs::Execution& execution) {
    return crl_publisher.publish(execution);
  });
  runner.handle(std::string(ocsp::Responders::job_kind), [this](const jobs::Execution& execution) {
    return ocsp_responders.make(execution);
  });
  runner.handle(std::string(ocsp::Presigner::job_kind),
                [&](const jobs::Execution& execution) { return ocsp_presigner.sign(execution); });
  const auto done = runner.run_until(time, [this](TimePoint now) {
    clock.set(now);
    return Outcome();
  });
  if (!done) throw std::runtime_error(done.error().cause);
}

CaStatus TestCa::status(const AuthorityArn& ca) {
  return good(run<DescribeCertificateAuthority>({ca})).certificate_authority.status;
}

Authority TestCa::stored(const AuthorityArn& ca) {
  const auto found = good(database->read(
      [&](sql::Snapshot& view) { return find_authority(view, ca.text(), clock.now()); }));
  return found.value();
}

std::string csr_for(const crypto::PrivateKey& key, const x509::Name& subject,
                    const std::vector<x509::Extension>& extensions) {
  const auto algorithm = crypto::natural_signature(key.algorithm());
  const auto info = x509::build_csr_info(subject.der(), key.public_key_info(), extensions);
  const auto signature = good(key.sign(algorithm, info));
  return asn1::Pem::print(asn1::kCsrLabel, x509::assemble_csr(info, algorithm, signature));
}

std::string csr_for(std::string_view common_name) {
  return csr_for(leaf_key(),
                 good(x509::NameBuilder().add(x509::oids::kCommonName, common_name).build()));
}

const crypto::PrivateKey& leaf_key() {
  static const auto key = good(crypto::PrivateKey::generate(crypto::KeyAlgorithm::P256));
  return key;
}

TimePoint at(std::string_view iso8601) { return good(parse_iso8601(iso8601)); }

std::string template_arn(std::string_view name) {
  return std::string(template_prefix).append(name).append("/V1");
}

}  // namespace everseal::acmpca::testing
