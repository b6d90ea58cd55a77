#pragma once

#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "aws/call.h"
#include "clock/clock.h"
#include "crypto/private_key.h"
#include "keys/key_pool.h"
#include "keys/key_store.h"
#include "keys/vault.h"
#include "log/log.h"
#include "random/random.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/acmpca/audit/reporter.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/issuing/issuer.h"
#include "services/acmpca/model/settings.h"
#include "services/acmpca/ocsp/desk.h"
#include "services/acmpca/ocsp/presigner.h"
#include "services/acmpca/ocsp/responders.h"
#include "services/acmpca/operations/get_certificate.h"
#include "services/acmpca/operations/issue_certificate.h"
#include "services/acmpca/publication/crl_publisher.h"
#include "services/acmpca/publication/publication_point.h"
#include "services/acmpca/revocation/bulk_revoker.h"
#include "services/acmpca/signing/ready_authorities.h"
#include "services/acmpca/testing/memory_bucket.h"
#include "sql/database.h"
#include "x509/certificate.h"
#include "x509/extension.h"

namespace everseal::acmpca::testing {

inline constexpr std::string_view template_prefix = "arn:aws:acm-pca:::template/";

// Keeps what was announced.
class TestAnnouncer final : public Announcer {
 public:
  std::vector<Announcement> made;
  std::vector<bool> succeeded;  // of what was measured
  // Makes `announce` fail as a database does that is full.
  bool cannot_store = false;
  Outcome announce(sql::Transaction&, const Announcement& announcement) override {
    if (cannot_store) return Fault::unavailable("the disk is full");
    made.push_back(announcement);
    return {};
  }
  std::vector<EndNotice> ends;
  Outcome announce(sql::Transaction&, const EndNotice& notice) override {
    if (cannot_store) return Fault::unavailable("the disk is full");
    ends.push_back(notice);
    return {};
  }
  // Outside of any transaction, so perhaps by several at once.
  void measured(const Issuance& issuance) override {
    const std::lock_guard lock(measuring_);
    succeeded.push_back(issuance.succeeded);
  }

 private:
  std::mutex measuring_;
};

// Private CA over an empty database in memory, at 2025-03-01T12:00:00Z, and its only user: root of
// account 111122223333 in us-east-1. Helpers that cannot fail in a good world throw.
class TestCa {
 public:
  explicit TestCa(Settings chosen = {});

  // Does an operation of the API.
  template <class Operation>
  auto run(const typename Operation::Request& request) {
    return operation<Operation>()(request, call);
  }
  // The operation itself, to ask it for what else it says.
  template <class Operation>
  Operation operation() {
    if constexpr (requires {
                    Operation{*database, clock, random, key_store, bucket, announcements, settings};
                  }) {
      return Operation{*database, clock, random, key_store, bucket, announcements, settings};
    } else if constexpr (requires { Operation{*database, clock, random, bucket, settings}; }) {
      return Operation{*database, clock, random, bucket, settings};
    } else if constexpr (requires { Operation{*database, clock, bucket}; }) {
      return Operation{*database, clock, bucket};
    } else if constexpr (requires {
                           Operation{*database,   clock,         random,
                                     authorities, announcements, settings};
                         }) {
      return Operation{*database, clock, random, authorities, announcements, settings};
    } else if constexpr (requires { Operation{*database, clock, announcements}; }) {
      return Operation{*database, clock, announcements};
    } else if constexpr (requires { Operation{*database, clock, settings}; }) {
      return Operation{*database, clock, settings};
    } else {
      return Operation{*database, clock};
    }
  }

  // A CA with CN=`common_name` that waits for its certificate.
  AuthorityArn create(CaType type, std::string common_name = "Example CA",
                      KeyAlgorithm algorithm = KeyAlgorithm::EcP256,
                      UsageMode usage_mode = UsageMode::GeneralPurpose);
  std::string csr_of(const AuthorityArn& ca);

  // The request for a certificate of a year by EndEntityCertificate/V1.
  IssueCertificate::Request order(const AuthorityArn& ca, std::string_view csr);
  IssueCertificate::Request order(const AuthorityArn& ca, std::string_view csr,
                                  std::string_view template_name, Validity validity);
  x509::Certificate issue(const IssueCertificate::Request& request);
  GetCertificate::Response get(const AuthorityArn& ca, std::string_view certificate_arn);

  // ACTIVE, for ten years.
  AuthorityArn active_root(std::string common_name = "Example Root",
                           KeyAlgorithm algorithm = KeyAlgorithm::EcP256,
                           UsageMode usage_mode = UsageMode::GeneralPurpose);
  // ACTIVE, for so many days, below the parent.
  AuthorityArn active_subordinate(const AuthorityArn& parent, std::string_view template_name,
                                  std::int64_t days, std::string common_name = "Example CA");
  // Gives a CA its certificate: by itself, or by its parent.
  void install_root(const AuthorityArn& ca, Validity validity);
  void install_below(const AuthorityArn& ca, const AuthorityArn& parent,
                     std::string_view template_name, Validity validity);

  // Does all jobs that are due until then, each at its time.
  void run_jobs_until(TimePoint time);

  CaStatus status(const AuthorityArn& ca);
  // As stored, deleted ones too.
  Authority stored(const AuthorityArn& ca);

  ManualClock clock;
  SystemRandom random;
  Settings settings;
  std::vector<std::string> log_lines;
  Log log;
  std::unique_ptr<sql::Database> database;
  keys::MasterKey master_key;
  keys::Vault vault;
  keys::KeyPool pool;
  keys::SealedKeyStore key_store;
  ReadyAuthorities authorities;
  MemoryBucket bucket;
  TestAnnouncer announcements;
  audit::Reporter audit_reporter;
  BulkRevoker bulk_revoker;
  CrlPublisher crl_publisher;
  ocsp::Responders ocsp_responders;
  ocsp::Desk ocsp_desk;
  ocsp::Presigner ocsp_presigner;
  PublicationPoint publication_point;
  Issuer issuer;
  aws::Call call;
};

// A CSR in PEM for this subject, signed by the key.
std::string csr_for(const crypto::PrivateKey& key, const x509::Name& subject,
                    const std::vector<x509::Extension>& extensions = {});
// CN=`common_name`, by a key that all tests share.
std::string csr_for(std::string_view common_name);
const crypto::PrivateKey& leaf_key();

inline Validity days(std::int64_t count) { return {count, ValidityPeriodType::Days}; }
inline Validity years(std::int64_t count) { return {count, ValidityPeriodType::Years}; }
TimePoint at(std::string_view iso8601);
std::string template_arn(std::string_view name);  // without "/V1"

}  // namespace everseal::acmpca::testing
