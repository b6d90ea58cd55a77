#pragma once

#include <string_view>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/acmpca/audit/report_store.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/buckets/object_sink.h"
#include "services/acmpca/model/settings.h"
#include "sql/database.h"

namespace everseal::acmpca::audit {

// Where a report of this CA goes.
ObjectSink::Target target_of(const AuthorityArn& authority, const Report& report);

// Writes audit reports into their buckets, a thousand certificates in memory at a time: every
// certificate that was issued before the report was begun is in it, in the order of serial numbers.
//
// The object takes its place in the transaction that makes the report a SUCCESS. What a crash cuts
// short is begun anew. A bucket that refuses makes it FAILED at once, other trouble when it lasts.
// Thread-safe.
class Reporter {
 public:
  static constexpr std::string_view job_kind = "acmpca.audit_report";

  Reporter(sql::Database& database, const Clock& clock, ObjectSink& sink, Announcer& announcer,
           Log& log, const Settings& settings)
      : database_(database),
        clock_(clock),
        sink_(sink),
        announcer_(announcer),
        log_(log),
        settings_(settings) {}

  static Outcome promise(sql::Transaction& tx, const Report& report);

  // Handles the job, whose key is the id of the report.
  Result<jobs::Verdict> make(const jobs::Execution& execution);

 private:
  Result<AuthorityArn> authority_of(const Report& report) const;
  Outcome write(const Report& report);
  Outcome append_all(ObjectSink::Pending& object, const AuthorityArn& authority,
                     const Report& report);
  Outcome give_up(const Report& report, const Fault& fault);

  sql::Database& database_;
  const Clock& clock_;
  ObjectSink& sink_;
  Announcer& announcer_;
  Log& log_;
  const Settings& settings_;
};

}  // namespace everseal::acmpca::audit
