#include "services/elbv2/log_objects.h"

#include <algorithm>

#include "clock/time_text.h"
#include "services/elbv2/attributes.h"

namespace everseal::elbv2 {
namespace {

std::string root(const LogPlace& place) {
  return (place.prefix.empty() ? "" : place.prefix + "/") + "AWSLogs/" + place.account + "/";
}

}  // namespace

std::optional<LogPlace> log_place(const LoadBalancer& balancer,
                                  const std::vector<shapes::Attribute>& attributes, LogKind kind) {
  const std::string log = kind == LogKind::Access ? "access_logs.s3." : "connection_logs.s3.";
  if (value_of(attributes, log + "enabled") != "true") return std::nullopt;
  return LogPlace{.kind = kind,
                  .load_balancer_arn = balancer.arn,
                  .account = balancer.account,
                  .region = balancer.region,
                  .bucket = value_of(attributes, log + "bucket"),
                  .prefix = value_of(attributes, log + "prefix")};
}

std::string_view short_name(std::string_view load_balancer_arn) {
  constexpr std::string_view before = "loadbalancer/";
  const auto at = load_balancer_arn.find(before);
  return at == std::string_view::npos ? load_balancer_arn
                                      : load_balancer_arn.substr(at + before.size());
}

std::string test_object_key(const LogPlace& place) {
  return root(place) +
         (place.kind == LogKind::Access ? "ELBAccessLogTestFile" : "ELBConnectionLogTestFile");
}

std::string test_object_text(const LogPlace& place, TimePoint now) {
  return std::string("Enable ") + (place.kind == LogKind::Access ? "Access" : "Connection") +
         "Log for ELB: " + std::string(short_name(place.load_balancer_arn)) + " at " +
         to_iso8601(now);
}

std::string log_object_key(const LogPlace& place, TimePoint end, std::string_view address,
                           std::string_view unique) {
  const auto time = to_iso8601(end);  // 2025-01-02T03:05:00Z
  const auto part = [&](std::size_t at, std::size_t count) { return time.substr(at, count); };
  std::string name(short_name(place.load_balancer_arn));
  std::ranges::replace(name, '/', '.');
  return root(place) + "elasticloadbalancing/" + place.region + "/" + part(0, 4) + "/" +
         part(5, 2) + "/" + part(8, 2) + "/" +
         (place.kind == LogKind::Connection ? "conn_log_" : "") + place.account +
         "_elasticloadbalancing_" + place.region + "_" + name + "_" + part(0, 4) + part(5, 2) +
         part(8, 2) + "T" + part(11, 2) + part(14, 2) + "Z_" + std::string(address) + "_" +
         std::string(unique) + ".log.gz";
}

}  // namespace everseal::elbv2
