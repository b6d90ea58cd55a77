#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "clock/clock.h"
#include "http/handler.h"
#include "http/message.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/crl/store.h"
#include "services/acmpca/model/settings.h"
#include "services/acmpca/watchdog/alarm.h"
#include "services/acmpca/watchdog/event_sink.h"
#include "sql/database.h"
#include "x509/certificate.h"

namespace everseal::acmpca {

// Looks at what this program publishes as a relying party would: fetches every CRL and an OCSP
// answer of every CA, and judges them by what the database knows. What is wrong is told when it is
// first seen, and again when it is over; metrics say what is wrong now. It looks at regular
// intervals, and when something would grow stale that was not replaced: what lapses was told
// before. One CRL at a time is in memory. Thread-safe.
class Watchdog {
 public:
  static constexpr std::string_view job_kind = "acmpca.watchdog";

  // The body of the answer, where it is 200. Unavailable: there is none.
  using Fetch = std::function<Result<std::string>(http::Request request)>;

  Watchdog(sql::Database& database, const Clock& clock, Log& log, EventSink& events,
           const Settings& settings, Fetch fetch)
      : database_(database),
        clock_(clock),
        log_(log),
        events_(events),
        settings_(settings),
        fetch_(std::move(fetch)) {}

  // Over the network from now on; before the job runs.
  void fetch_by(Fetch fetch) { fetch_ = std::move(fetch); }

  // Handles the job.
  Result<jobs::Verdict> look();

  // As it was at the last look.
  struct State {
    std::optional<TimePoint> looked_at{};
    std::map<Alarm, std::uint64_t> alarms{};   // how many of each kind there are
    std::optional<TimePoint> first_crl_end{};  // nextUpdate of the CRL that ends first
    std::optional<TimePoint> first_responder_end{};
    std::uint64_t largest_crl = 0;  // octets
  };
  State state() const;

 private:
  // The name of an alarm, the CA, and the object.
  using Key = std::tuple<Alarm, std::string, std::string>;
  struct Look;
  struct Named;

  void look_at(const Authority& authority, Look& look);
  void look_at_crl(const Named& ca, const Crl& crl, Look& look);
  void look_at_ocsp(const Named& ca, Look& look);
  void ask(const Named& ca, const x509::SerialNumber& serial, Look& look);
  Outcome judge(const Named& ca, const Crl& crl, const std::string& octets, Look& look);
  void settle(const Look& look);

  sql::Database& database_;
  const Clock& clock_;
  Log& log_;
  EventSink& events_;
  const Settings& settings_;
  Fetch fetch_;
  mutable std::mutex mutex_;
  State state_;                         // guarded by mutex_
  std::map<Key, std::string> current_;  // with its detail; only the job's
};

// Asks the handler itself, without a network in between.
Watchdog::Fetch fetch_from(http::Handler& handler);

}  // namespace everseal::acmpca
