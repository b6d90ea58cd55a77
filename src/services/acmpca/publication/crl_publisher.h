#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "clock/clock.h"
#include "issuance/crl.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/acmpca/buckets/object_sink.h"
#include "services/acmpca/crl/promise.h"
#include "services/acmpca/crl/store.h"
#include "services/acmpca/model/settings.h"
#include "services/acmpca/signing/ready_authorities.h"
#include "sql/database.h"

namespace everseal::acmpca {

// Signs CRLs and puts them where they are looked for: in the bucket, as DER and PEM. A revocation
// promises the next one; so does half of the time that the last one has. With delta CRLs a
// revocation writes one of these, which lists what was revoked since the last complete one.
//
// The files are written before the transaction that gives them their names, the leaf in the
// issuance log and the number, all at once: what a crash leaves behind, nobody sees. Two that
// publish one list at a time: the later transaction finds another number than it began with, and
// begins anew. Thread-safe.
class CrlPublisher {
 public:
  static constexpr std::string_view job_kind = crl_job;

  struct Counts {
    std::uint64_t published = 0;
    std::uint64_t failed = 0;  // the bucket refused; told in the log, tried again
  };

  CrlPublisher(sql::Database& database, const Clock& clock, ReadyAuthorities& authorities,
               ObjectSink& sink, Announcer& announcer, Log& log, Settings settings);

  // Handles the job, whose key is the id of the list.
  Result<jobs::Verdict> publish(const jobs::Execution& execution);

  Counts counts() const { return {published_.load(), failed_.load()}; }

 private:
  struct Draft;
  struct Failure;
  struct Places;
  Result<ReadyAuthorities::Found> authority_of(const Crl& crl) const;
  bool is_delta_due(const Crl& crl, TimePoint now) const;
  Outcome begin_anew(const Authority& authority, const Crl& crl);
  Outcome drop_all_ended(const Authority& authority, std::int64_t crl, TimePoint before);
  Result<Draft, Failure> draft(const ReadyAuthority& ready, const Crl& crl, TimePoint now);
  issuance::CrlOrder order_of(const Authority& authority, const Draft& draft,
                              const Places& places) const;
  Result<void, Failure> store(const ReadyAuthority& ready, const Draft& draft);
  void tell_failure(const Authority& authority, const Crl& crl, const Failure& failure);

  sql::Database& database_;
  const Clock& clock_;
  ReadyAuthorities& authorities_;
  ObjectSink& sink_;
  Announcer& announcer_;
  Log& log_;
  const Settings settings_;
  std::atomic<std::uint64_t> published_{0};
  std::atomic<std::uint64_t> failed_{0};
};

}  // namespace everseal::acmpca
