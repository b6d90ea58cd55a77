#include <charconv>
#include <utility>

#include "services/elbv2/attributes.h"
#include "services/elbv2/data_plane/for_gateway.h"

namespace everseal::elbv2::data_plane {
namespace {

int number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

gateway::TargetProtocol for_gateway(Protocol protocol) {
  return protocol == Protocol::Https ? gateway::TargetProtocol::Https
                                     : gateway::TargetProtocol::Http;
}

gateway::Balancing balancing(std::string_view algorithm) {
  if (algorithm == "least_outstanding_requests")
    return gateway::Balancing::LeastOutstandingRequests;
  if (algorithm == "weighted_random") return gateway::Balancing::Random;
  return gateway::Balancing::RoundRobin;
}

// "200,202" or "200-299".
std::vector<std::pair<int, int>> codes(std::string_view text) {
  std::vector<std::pair<int, int>> ranges;
  while (!text.empty()) {
    const auto comma = text.find(',');
    const auto part = text.substr(0, comma);
    const auto dash = part.find('-');
    const int first = number(part.substr(0, dash));
    ranges.emplace_back(first,
                        dash == std::string_view::npos ? first : number(part.substr(dash + 1)));
    text = comma == std::string_view::npos ? "" : text.substr(comma + 1);
  }
  return ranges;
}

gateway::HealthCheck for_gateway(const HealthCheck& check) {
  gateway::HealthCheck told;
  told.enabled = check.enabled;
  told.protocol = for_gateway(check.protocol);
  told.port = static_cast<std::uint16_t>(number(check.port));  // none: "traffic-port"
  told.path = check.path;
  told.interval = std::chrono::seconds{check.interval_seconds};
  told.timeout = std::chrono::seconds{check.timeout_seconds};
  told.rise = static_cast<unsigned>(check.healthy_threshold);
  told.fall = static_cast<unsigned>(check.unhealthy_threshold);
  if (check.matcher.http_code) told.codes = codes(*check.matcher.http_code);
  return told;
}

std::chrono::seconds stickiness(const std::vector<shapes::Attribute>& attributes) {
  const bool by_own_cookie = value_of(attributes, "stickiness.enabled") == "true" &&
                             value_of(attributes, "stickiness.type") == "lb_cookie";
  return std::chrono::seconds{
      by_own_cookie ? number(value_of(attributes, "stickiness.lb_cookie.duration_seconds")) : 0};
}

}  // namespace

std::string target_id(const Target& target) {
  const bool is_ipv6 = target.id.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + target.id + "]" : target.id) + ":" + std::to_string(target.port);
}

gateway::TargetGroup for_gateway(const DesiredTargetGroup& desired) {
  gateway::TargetGroup group{
      .id = desired.group.arn,
      .protocol = for_gateway(desired.group.settings.protocol),
      .balancing = balancing(value_of(desired.attributes, "load_balancing.algorithm.type")),
      .health_check = for_gateway(desired.group.settings.health_check),
      .stickiness = stickiness(desired.attributes),
      .slow_start = std::chrono::seconds{
          number(value_of(desired.attributes, "slow_start.duration_seconds"))}};
  for (const Target& target : desired.targets) {
    group.targets.push_back({.id = target_id(target),
                             .address = target.id,
                             .port = static_cast<std::uint16_t>(target.port),
                             .draining = target.deregistered_at.has_value()});
  }
  return group;
}

}  // namespace everseal::elbv2::data_plane
