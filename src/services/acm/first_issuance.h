#pragma once

#include "clock/clock.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "services/acm/issuing.h"
#include "services/acm/settings.h"
#include "sql/database.h"

namespace everseal::acm {

// The job "acm.issue": a request that was accepted becomes ISSUED, or FAILED with the reason. What
// may pass (PCA_REQUEST_FAILED) is tried again until the timeout. Safe to run twice: a certificate
// that is not PENDING_VALIDATION any more stays as it is.
class FirstIssuance {
 public:
  FirstIssuance(sql::Database& database, const Clock& clock, Log& log, const Issuing& issuing,
                const Settings& settings)
      : database_(database), clock_(clock), log_(log), issuing_(issuing), settings_(settings) {}

  Result<jobs::Verdict> operator()(const jobs::Execution& job) const;

 private:
  Result<jobs::Verdict> keep(const Certificate& certificate, const Fresh& fresh) const;
  Result<jobs::Verdict> fail(const Certificate& certificate, const Refusal& refusal) const;

  sql::Database& database_;
  const Clock& clock_;
  Log& log_;
  const Issuing& issuing_;
  const Settings& settings_;
};

}  // namespace everseal::acm
