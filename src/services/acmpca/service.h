#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "jobs/runner.h"
#include "keys/key_store.h"
#include "log/log.h"
#include "random/random.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/acmpca/audit/reporter.h"
#include "services/acmpca/buckets/object_sink.h"
#include "services/acmpca/buckets/object_source.h"
#include "services/acmpca/certificates/second_opinions.h"
#include "services/acmpca/issuing/issuer.h"
#include "services/acmpca/model/settings.h"
#include "services/acmpca/notices/end_notices.h"
#include "services/acmpca/ocsp/desk.h"
#include "services/acmpca/ocsp/presigner.h"
#include "services/acmpca/ocsp/responders.h"
#include "services/acmpca/publication/crl_publisher.h"
#include "services/acmpca/publication/publication_point.h"
#include "services/acmpca/revocation/bulk_revoker.h"
#include "services/acmpca/signing/ready_authorities.h"
#include "services/acmpca/watchdog/event_sink.h"
#include "services/acmpca/watchdog/watchdog.h"
#include "sql/database.h"

namespace everseal::acmpca {

// What Private CA works with; outlives it.
struct Surroundings {
  sql::Database& database;
  const Clock& clock;
  Random& random;
  Log& log;
  keys::KeyStore& key_store;
  ObjectSink& sink;
  ObjectSource& source;
  EventSink& events;
  Announcer& announcer;
};

// Private CA: its API, its jobs, and what the rest of the program asks of it. Thread-safe.
class Service {
 public:
  explicit Service(const Surroundings& surroundings, Settings settings = {});
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // The operations, for the endpoint. They refer to this object.
  aws::Service api();
  // Those that AWS has not, to the service of Everseal's own.
  void add_own_operations(aws::Service& everseal);

  // Before the runner starts.
  void handle_jobs(jobs::Runner& runner);

  CrlPublisher::Counts crls() const { return crl_publisher_.counts(); }
  SecondOpinions::Counts second_opinions() const { return second_opinions_.counts(); }

  // What relying parties ask over plain HTTP.
  http::Handler& publication_point() { return publication_point_; }

  // How the watchdog fetches what is published, from now on; before the runner starts. Until then
  // it asks the publication point itself.
  void watch_by(Watchdog::Fetch fetch) { watchdog_.fetch_by(std::move(fetch)); }
  Watchdog::State watchdog() const { return watchdog_.state(); }
  // When the first certificate of a CA ends.
  std::optional<TimePoint> first_end() const { return end_notices_.first_end(); }

  // For services that need certificates.
  const Issuer& issuer() const { return issuer_; }

  // The CA for the certificates of this server itself, see internal_root.h. Returns its ARN.
  Result<std::string> create_internal_root(std::string_view account, std::string_view region,
                                           std::string_view common_name) const;

 private:
  const Surroundings around_;
  const Settings settings_;
  ReadyAuthorities authorities_;
  const Issuer issuer_;
  SecondOpinions second_opinions_;
  audit::Reporter audit_reporter_;
  BulkRevoker bulk_revoker_;
  CrlPublisher crl_publisher_;
  ocsp::Responders ocsp_responders_;
  ocsp::Desk ocsp_desk_;
  ocsp::Presigner ocsp_presigner_;
  PublicationPoint publication_point_;
  Watchdog watchdog_;
  EndNotices end_notices_;
};

}  // namespace everseal::acmpca
