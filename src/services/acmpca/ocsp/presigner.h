#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "services/acmpca/model/settings.h"
#include "services/acmpca/ocsp/answer_store.h"
#include "services/acmpca/ocsp/responders.h"
#include "sql/database.h"

namespace everseal::acmpca::ocsp {

// Signs the answers about every certificate of a CA that answers OCSP before they are asked for,
// and anew when half of their time is over, so that who asks waits for no signature. A job for each
// CA: a thousand or two a second, then each hour. What is not signed yet, the desk signs when it is
// asked. Thread-safe.
class Presigner {
 public:
  static constexpr std::string_view job_kind = answers_job;

  Presigner(sql::Database& database, const Clock& clock, Responders& responders,
            const Settings& settings)
      : database_(database), clock_(clock), responders_(responders), settings_(settings) {}

  // Handles the job, whose key is the CA's id.
  Result<jobs::Verdict> sign(const jobs::Execution& execution);

 private:
  struct Signed;
  Result<Responders::Found> responder_of(std::int64_t ca);
  std::chrono::milliseconds round() const;
  // Whether there is more to do at once.
  Result<bool> sign_first(const ReadyResponder& by, TimePoint now);
  Result<bool> sign_anew(const ReadyResponder& by, TimePoint now);
  Result<bool> forget(std::int64_t ca);
  Result<std::vector<Signed>> sign(const ReadyResponder& by, const std::vector<Subject>& subjects,
                                   TimePoint now) const;

  sql::Database& database_;
  const Clock& clock_;
  Responders& responders_;
  const Settings& settings_;
};

}  // namespace everseal::acmpca::ocsp
