#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/acmpca/model/settings.h"
#include "services/acmpca/notices/end_notice_store.h"
#include "sql/database.h"

// The end of a CA's own certificate, which nothing renews by itself, is told before it comes.
namespace everseal::acmpca {

// Which notice is due, of those in `wanted` and of 0, the end itself: the last one whose time has
// come, unless it was told. Notices that would come in the first half of the certificate's life are
// left out: the end of one of 30 days is no news a year ahead. Pure.
std::optional<int> due_notice(const Ending& ending, TimePoint now, const std::vector<int>& wanted);
// When the next one is due; nothing behind the end.
std::optional<TimePoint> next_notice(const Ending& ending, TimePoint now,
                                     const std::vector<int>& wanted);

// Has the job look at once: a CA has another certificate.
Outcome promise_end_notices(sql::Transaction& tx, TimePoint now);

// Tells of every CA that is ACTIVE: each notice once, in the transaction that notes it. After some
// days of sleep the last one is told, with the days that are left.
class EndNotices {
 public:
  static constexpr std::string_view job_kind = "acmpca.ends";
  static constexpr std::chrono::hours interval{24};  // at most; the next notice comes at its time

  EndNotices(sql::Database& database, const Clock& clock, Log& log, Announcer& announcer,
             const Settings& settings)
      : database_(database), clock_(clock), log_(log), announcer_(announcer), settings_(settings) {}

  // Handles the job. A CA of which nothing can be told does not hold up the others.
  Result<jobs::Verdict> tell();

  // Nothing: no CA has a certificate, or it cannot be read.
  std::optional<TimePoint> first_end() const;

 private:
  Outcome tell(const Ending& ending);
  Result<std::optional<EndNotice>> tell(sql::Transaction& tx, std::int64_t ca);

  sql::Database& database_;
  const Clock& clock_;
  Log& log_;
  Announcer& announcer_;
  const Settings& settings_;
};

}  // namespace everseal::acmpca
