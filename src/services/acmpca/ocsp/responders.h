#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "clock/clock.h"
#include "issuance/ocsp/responder.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "random/random.h"
#include "services/acmpca/model/settings.h"
#include "services/acmpca/signing/ready_authorities.h"
#include "sql/database.h"
#include "x509/ocsp_cert_id.h"

namespace everseal::acmpca::ocsp {

// The responder of this CA is due now, if it answers OCSP and can sign.
Outcome promise_responder(sql::Transaction& tx, const Authority& authority, TimePoint now);

// A CA that answers OCSP, with what it answers by.
struct ReadyResponder {
  std::int64_t ca;
  issuance::ocsp::Responder responder;
};

// Who answers for which CA. Makes the responders' keys and certificates, and new ones in the middle
// of their lives, as a job. Thread-safe.
class Responders {
 public:
  static constexpr std::string_view job_kind = "acmpca.ocsp_responder";
  // Null: the CA has one that cannot be used now.
  using Found = std::shared_ptr<const ReadyResponder>;
  using ByIssuer = std::map<x509::OcspIssuer, Found>;

  Responders(sql::Database& database, const Clock& clock, Random& random, keys::KeyStore& key_store,
             ReadyAuthorities& authorities, Log& log, Settings settings);
  ~Responders();

  // All that are kept; null: something changed, and they are to be read again.
  std::shared_ptr<const ByIssuer> kept() const;
  // The same, read from the database if need be; again after a minute, if one could not be used.
  Result<std::shared_ptr<const ByIssuer>> all();

  // Handles the job, whose key is the CA's ARN.
  Result<jobs::Verdict> make(const jobs::Execution& execution);

 private:
  class Kept;
  Result<bool> add(ByIssuer& responders, const std::string& arn);

  sql::Database& database_;
  const Clock& clock_;
  Random& random_;
  keys::KeyStore& key_store_;
  ReadyAuthorities& authorities_;
  Log& log_;
  const Settings settings_;
  std::shared_ptr<Kept> kept_;
  std::vector<sql::Subscription> changes_;
};

}  // namespace everseal::acmpca::ocsp
