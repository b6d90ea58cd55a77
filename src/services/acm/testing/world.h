#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "aws/endpoint/authorizer.h"
#include "aws/policy/evaluate.h"
#include "clock/clock.h"
#include "jobs/runner.h"
#include "keys/key_pool.h"
#include "keys/master_key.h"
#include "keys/vault.h"
#include "log/log.h"
#include "random/random.h"
#include "services/acm/operations/describe_certificate.h"
#include "services/acm/operations/export_certificate.h"
#include "services/acm/operations/renew_certificate.h"
#include "services/acm/operations/request_certificate.h"
#include "services/acm/service.h"
#include "services/acm/testing/test_issuer.h"
#include "sql/database.h"

namespace everseal::acm::testing {

// Allows all but what a test, or a policy of its caller, denies.
class TestAuthorizer final : public aws::endpoint::Authorizer {
 public:
  std::set<std::string, std::less<>> denied;  // actions
  aws::policy::SharedPolicy policy;           // null: all is allowed
  Result<std::optional<aws::endpoint::Denial>> authorize(const aws::Call& call,
                                                         std::string_view action,
                                                         const aws::Access& access) const override;
};

class TestListener final : public RenewalListener {
 public:
  std::vector<std::string> heard;
  void replaced(const std::string& certificate_arn) override { heard.push_back(certificate_arn); }
};

class TestEvents final : public EventSink {
 public:
  std::vector<Event> events;
  std::vector<RenewalNews> news;
  // Makes `tell` fail as a database does that is full.
  bool cannot_store = false;
  Outcome tell(sql::Transaction& tx, const Event& event) override;
  Outcome tell(sql::Transaction& tx, const RenewalNews& told) override;
};

// ACM with everything below it, in memory, at a time that only the test moves.
struct World {
  explicit World(Settings settings = {}, crypto::KeyAlgorithm ca_key = crypto::KeyAlgorithm::P256);

  static constexpr std::string_view ca_arn =
      "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/"
      "11111111-2222-3333-4444-555555555555";

  // Runs what is due until then, each job at its time.
  void run_until(TimePoint time);
  void run_jobs() { run_until(clock.now()); }

  RequestCertificate::Request order(std::string domain_name) const;  // EC_prime256v1, of ca_arn
  Result<RequestCertificate::Response, ApiError> request(const RequestCertificate::Request& order);
  std::string issued(std::string domain_name = "app.corp.internal");  // requested and ISSUED

  DescribeCertificate::Detail describe(std::string_view arn);
  Result<ExportCertificate::Response, ApiError> export_certificate(
      std::string_view arn, std::string_view passphrase = "correct horse");
  Result<aws::Empty, ApiError> renew(std::string_view arn);
  Result<std::optional<Material>> material(std::string_view arn);
  std::size_t promised(std::string_view kind);  // jobs
  // Whether there is a line of this event, and with this text in it.
  bool was_logged(std::string_view event, std::string_view text = {}) const;

  ManualClock clock;
  std::vector<std::string> lines;  // of the log
  Log log;
  CountingRandom random;
  std::unique_ptr<sql::Database> database;
  keys::MasterKey master;
  keys::Vault vault;
  keys::KeyPool keys;
  TestIssuer issuer;
  TestAuthorizer authorizer;
  TestListener listener;
  TestEvents events;
  Settings settings;
  Service service;
  jobs::Runner runner;
  aws::Call call;
};

}  // namespace everseal::acm::testing
