#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/fields.h"
#include "gateway/log_record.h"

namespace everseal::elbv2::logs {

// A record as people see it who watch: of a connection or of a request. Texts show: see visible().
struct TailRecord {
  std::string type;  // "connection", "request"
  std::string time;
  std::string load_balancer;  // "app/edge/0123456789abcdef"
  std::string listener_port;
  std::string client;  // "198.51.100.7:51234"
  std::string connection_id;
  std::optional<std::string> tls_version = {};
  // Of connections.
  std::optional<std::string> outcome = {};  // "Success", "ClientCertCrlHit"; plain HTTP has none
  std::optional<std::string> subject = {};
  std::optional<std::string> serial_number = {};
  // Of requests.
  std::optional<std::string> method = {};
  std::optional<std::string> url = {};
  std::optional<std::string> user_agent = {};
  std::optional<std::int64_t> status = {};  // 460: the client left before there was one
  std::optional<std::string> action = {};
  std::optional<std::int64_t> rule = {};
  std::optional<std::string> target = {};
  std::optional<std::int64_t> target_status = {};
  std::optional<std::int64_t> duration_millis = {};
  std::optional<std::int64_t> sent_octets = {};

  static constexpr auto fields =
      std::tuple{aws::required("Type", &TailRecord::type),
                 aws::required("Time", &TailRecord::time),
                 aws::required("LoadBalancer", &TailRecord::load_balancer),
                 aws::required("ListenerPort", &TailRecord::listener_port),
                 aws::required("Client", &TailRecord::client),
                 aws::required("ConnectionId", &TailRecord::connection_id),
                 aws::optional("TlsVersion", &TailRecord::tls_version),
                 aws::optional("Outcome", &TailRecord::outcome),
                 aws::optional("Subject", &TailRecord::subject),
                 aws::optional("SerialNumber", &TailRecord::serial_number),
                 aws::optional("Method", &TailRecord::method),
                 aws::optional("Url", &TailRecord::url),
                 aws::optional("UserAgent", &TailRecord::user_agent),
                 aws::optional("Status", &TailRecord::status),
                 aws::optional("Action", &TailRecord::action),
                 aws::optional("Rule", &TailRecord::rule),
                 aws::optional("Target", &TailRecord::target),
                 aws::optional("TargetStatus", &TailRecord::target_status),
                 aws::optional("DurationMillis", &TailRecord::duration_millis),
                 aws::optional("SentBytes", &TailRecord::sent_octets)};
};
TailRecord shown(const gateway::ConnectionRecord& connection);
TailRecord shown(const gateway::RequestRecord& request);

// What happens now, for those who watch. The last 4096 records are kept, and none while nobody has
// asked for a minute. Thread-safe.
class Tail {
 public:
  // Of a load balancer, by its ARN.
  using Wants = std::function<bool(std::string_view load_balancer_arn)>;
  struct Page {
    std::vector<TailRecord> records;
    std::int64_t next = 0;    // what to ask after the next time
    std::int64_t missed = 0;  // records since `after` that are gone, of whichever load balancer
  };

  void take(const gateway::ConnectionRecord& connection);
  void take(const gateway::RequestRecord& request);

  // Those that came after that one (nothing: from now on), at most 500; waits until there is one,
  // the patience is over, or stop(). Nothing: too many wait already.
  std::optional<Page> next(std::optional<std::int64_t> after, const Wants& wants,
                           std::chrono::milliseconds patience);
  // Who waits gets what there is; nobody waits from now on.
  void stop();

 private:
  struct Kept {
    std::string load_balancer_arn;
    TailRecord record;
  };

  template <class Record>
  void add(const Record& record);
  bool collect(std::int64_t after, const Wants& wants, Page& page) const;

  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::deque<Kept> kept_;
  std::int64_t first_ = 1;  // the number of the first that is kept
  std::chrono::steady_clock::time_point watched_until_{};
  std::size_t waiting_ = 0;
  bool is_stopped_ = false;
};

}  // namespace everseal::elbv2::logs
