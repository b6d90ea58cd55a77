#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "result/result.h"
#include "services/s3/bucket_access.h"
#include "services/s3/object_files.h"
#include "services/s3/object_reader.h"
#include "services/s3/outages.h"
#include "services/s3/outside_bucket.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// The key of that bucket has changed: if the bucket lies outside, too, what is there now is to be
// brought there.
Outcome promise_delivery(sql::Transaction& tx, std::string_view bucket, std::string_view key,
                         TimePoint now);

// What goes outside with an object: what it was stored with, and its ACL, as far as that counts
// where those rules are.
HeaderMap outgoing_headers(const OpenObject& object, const BucketAccess& rules);

// Keeps outside buckets the same as those here whose names they bear: what is put here is put
// there, what is deleted here is deleted there. Each change is a job of the transaction that makes
// it, one a key; it brings whatever is latest when it runs, so that an older object never comes
// after a newer one, and is tried again until it is taken, after pauses that double. What waits for
// a service that cannot be reached waits together: one try a pause. Thread-safe.
class OutsideDeliveries {
 public:
  static constexpr std::string_view job_kind = "s3.outside";
  // A service in trouble keeps no other jobs waiting.
  static constexpr jobs::KindOptions job_options{.most_at_once = 2,
                                                 .first_pause = std::chrono::minutes{1},
                                                 .longest_pause = std::chrono::minutes{8}};

  // Clients sign by real time (`wall`), jobs are due by `clock`.
  OutsideDeliveries(std::vector<OutsideBucket> buckets, sql::Database& database, ObjectFiles& files,
                    const Clock& clock, const Clock& wall, Log& log);

  // From now on, changes of these buckets and of no others are promised; so is all that lies in one
  // that was none of them before. Before any request is answered.
  Outcome begin();

  // Whether objects of that bucket can be brought outside: writes this one there, and reads it, if
  // that is allowed. Done if it lies nowhere else.
  struct TestObject {
    std::string_view key;
    std::string_view text;
  };
  Outcome check(std::string_view bucket, const TestObject& object) const;

  // Handles the job, whose key is "bucket/key". What is larger than one PutObject takes is warned
  // of, and not tried again.
  Result<jobs::Verdict> deliver(const jobs::Execution& execution);

 private:
  const OutsideBucket* find(std::string_view bucket) const;
  Outcome promise_all(const OutsideBucket& bucket);
  struct Outgoing;
  Result<Outgoing> prepare(const OutsideBucket& bucket, std::string_view key) const;
  Outcome send(const OutsideBucket& bucket, std::string_view key, Outgoing& outgoing) const;
  Result<jobs::Verdict> refused(const OutsideBucket& bucket, std::string_view key,
                                const Fault& fault) const;
  Result<jobs::Verdict> sent(const OutsideBucket& bucket, std::string_view key,
                             const Outcome& outcome);

  const std::vector<OutsideBucket> buckets_;
  sql::Database& database_;
  const ObjectReader reader_;
  const Clock& clock_;
  const Clock& wall_;
  Log& log_;
  Outages outages_{*job_options.first_pause, *job_options.longest_pause};
};

}  // namespace everseal::s3
