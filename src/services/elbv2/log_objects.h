#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/shapes.h"

// Where the logs of load balancers go, and what their objects are called there.
namespace everseal::elbv2 {

enum class LogKind { Access, Connection };

// One log of one load balancer, as its attributes say.
struct LogPlace {
  LogKind kind{};
  std::string load_balancer_arn;
  std::string account;
  std::string region;
  std::string bucket;
  std::string prefix;  // empty: none

  friend auto operator<=>(const LogPlace&, const LogPlace&) = default;
};
// Nothing: that log is not wanted.
std::optional<LogPlace> log_place(const LoadBalancer& balancer,
                                  const std::vector<shapes::Attribute>& attributes, LogKind kind);

// "app/edge/0123456789abcdef".
std::string_view short_name(std::string_view load_balancer_arn);

// "prefix/AWSLogs/111122223333/ELBAccessLogTestFile": written when a log is switched on.
std::string test_object_key(const LogPlace& place);
std::string test_object_text(const LogPlace& place, TimePoint now);

// "prefix/AWSLogs/111122223333/elasticloadbalancing/eu-west-1/2025/01/02/111122223333_..._20250102T
// 0305Z_192.0.2.10_4fz9a2b1.log.gz": of the entries of one address until `end`. `unique` tells
// apart what would be called the same.
std::string log_object_key(const LogPlace& place, TimePoint end, std::string_view address,
                           std::string_view unique);

// Buckets, which another service keeps. Thread-safe.
class LogObjects {
 public:
  virtual ~LogObjects() = default;
  // Written as the service principal logdelivery.elasticloadbalancing.amazonaws.com; the bucket's
  // policy judges. Conflict: it may not be written, or there is no such bucket; the cause says
  // which. Unavailable: not now.
  virtual Outcome put(const LogPlace& place, std::string_view key, std::string_view content_type,
                      ByteView octets) = 0;
};

}  // namespace everseal::elbv2
