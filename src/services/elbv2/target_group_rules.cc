#include "services/elbv2/target_group_rules.h"

#include <algorithm>
#include <charconv>

#include "services/elbv2/addresses.h"
#include "services/elbv2/errors.h"

namespace everseal::elbv2 {
namespace {

constexpr std::string_view grpc = "GRPC";
constexpr std::int32_t highest_port = 65535;

struct CodeRange {
  std::int32_t least, most;
};
constexpr CodeRange http_codes{200, 499}, grpc_codes{0, 99};

std::optional<std::int32_t> whole_number(std::string_view text) {
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "200" or "200-299".
bool is_code_or_range(std::string_view text, CodeRange allowed) {
  const auto hyphen = text.find('-');
  const auto first = whole_number(text.substr(0, hyphen));
  const auto last =
      hyphen == std::string_view::npos ? first : whole_number(text.substr(hyphen + 1));
  return first && last && *first >= allowed.least && *first <= *last && *last <= allowed.most;
}

// Those, separated by commas.
bool are_codes(std::string_view text, CodeRange allowed) {
  while (true) {
    const auto comma = text.find(',');
    if (!is_code_or_range(text.substr(0, comma), allowed)) return false;
    if (comma == std::string_view::npos) return true;
    text.remove_prefix(comma + 1);
  }
}

bool is_check_port(std::string_view text) {
  const auto port = whole_number(text);
  return text == "traffic-port" || (port && *port >= 1 && *port <= highest_port);
}

bool is_check_path(std::string_view text) {
  return text.starts_with('/') &&
         std::ranges::all_of(text, [](char letter) { return letter > ' ' && letter < 0x7f; });
}

bool is_matcher(const shapes::Matcher& matcher, bool is_grpc) {
  const auto& code = is_grpc ? matcher.grpc_code : matcher.http_code;
  const auto& other = is_grpc ? matcher.http_code : matcher.grpc_code;
  return code && !other && are_codes(*code, is_grpc ? grpc_codes : http_codes);
}

template <class T>
void take(T& member, const std::optional<T>& said) {
  if (said) member = *said;
}

}  // namespace

HealthCheck usual_health_check(std::string_view protocol_version) {
  HealthCheck check;
  if (protocol_version == grpc) {
    check.path = "/AWS.ALB/healthcheck";
    check.matcher.grpc_code = "12";
  } else {
    check.matcher.http_code = "200";
  }
  return check;
}

HealthCheck changed(HealthCheck check, const SaidOfHealthChecks& said) {
  take(check.enabled, said.health_check_enabled);
  take(check.protocol, said.health_check_protocol);
  take(check.port, said.health_check_port);
  take(check.path, said.health_check_path);
  take(check.interval_seconds, said.health_check_interval_seconds);
  take(check.timeout_seconds, said.health_check_timeout_seconds);
  take(check.healthy_threshold, said.healthy_threshold_count);
  take(check.unhealthy_threshold, said.unhealthy_threshold_count);
  take(check.matcher, said.matcher);
  return check;
}

Result<void, ApiError> check_health_check(const TargetGroupSettings& settings) {
  const HealthCheck& check = settings.health_check;
  if (!check.enabled) {
    return invalid("Health checks must be enabled for target groups with target type '" +
                   std::string(aws::name_of(settings.target_type)) + "'");
  }
  if (check.protocol != Protocol::Http && check.protocol != Protocol::Https) {
    return invalid("Health check protocol '" + std::string(aws::name_of(check.protocol)) +
                   "' is not supported by application load balancers");
  }
  if (!is_check_port(check.port)) {
    return invalid("Health check port '" + check.port + "' must be 'traffic-port' or 1 to 65535");
  }
  if (!is_check_path(check.path)) {
    return invalid("Health check path '" + check.path + "' must begin with a '/' character");
  }
  if (check.timeout_seconds >= check.interval_seconds) {
    return invalid("Health check interval must be greater than the timeout");
  }
  if (!is_matcher(check.matcher, settings.protocol_version == grpc)) {
    return invalid("The health check matcher does not suit protocol version '" +
                   settings.protocol_version + "'");
  }
  return {};
}

Result<Target, ApiError> target_for(const TargetGroup& group,
                                    const shapes::TargetDescription& described) {
  if (group.settings.target_type == TargetType::Instance) {
    return bad_target("There is no instance '" + described.id +
                      "' here. Register IP addresses in a target group with target type 'ip'");
  }
  const bool ipv6 = group.settings.ip_address_type == TargetAddressType::Ipv6;
  if (ipv6 ? !is_ipv6(described.id) : !is_ipv4(described.id)) {
    return bad_target("The IP address '" + described.id + "' is not a valid " +
                      (ipv6 ? "IPv6" : "IPv4") + " address");
  }
  if (!can_be_server(described.id)) {
    return bad_target("The IP address '" + described.id +
                      "' is link-local, unspecified, multicast or of a metadata service");
  }
  return Target{described.id,
                described.port.value_or(group.settings.port),
                described.availability_zone,
                {},
                {}};
}

shapes::TargetDescription shown(const Target& target) {
  return {target.id, target.port, target.zone};
}

}  // namespace everseal::elbv2
