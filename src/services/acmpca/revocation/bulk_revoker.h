#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/model/settings.h"
#include "services/acmpca/revocation/bulk_revocation_store.h"
#include "sql/database.h"

namespace everseal::acmpca {

// Revokes all that a CA had issued when somebody asked for it, some hundreds in a transaction, with
// how far it is: a crash costs nothing of what is done. Meanwhile the CA issues and others are
// revoked; the CRL follows every few seconds, and at once when all is done. What has expired or is
// revoked already stays as it is. Once the CA can revoke no more, it ends where it is. Thread-safe.
class BulkRevoker {
 public:
  static constexpr std::string_view job_kind = "acmpca.bulk_revocation";

  BulkRevoker(sql::Database& database, const Clock& clock, Announcer& announcer, Log& log,
              const Settings& settings)
      : database_(database), clock_(clock), announcer_(announcer), log_(log), settings_(settings) {}

  static Outcome promise(sql::Transaction& tx, const Authority& authority, TimePoint now);

  // Handles the job, whose key is the CA's ARN, for about two seconds at a time.
  Result<jobs::Verdict> revoke_some(const jobs::Execution& execution);

 private:
  // The CA and how far it is; nothing if there is nothing to do.
  struct Work {
    Authority authority;
    BulkRevocation bulk;
  };
  Result<std::optional<Work>> find(sql::Snapshot& view, const std::string& arn) const;
  Result<std::optional<BulkRevocation>> do_batch(sql::Transaction& tx, const std::string& arn);
  Outcome revoke_one(sql::Transaction& tx, const Authority& authority, const Candidate& candidate,
                     BulkRevocation& bulk, TimePoint now) const;
  void tell(const std::string& arn, const BulkRevocation& bulk);

  sql::Database& database_;
  const Clock& clock_;
  Announcer& announcer_;
  Log& log_;
  const Settings& settings_;
};

}  // namespace everseal::acmpca
