#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "services/elbv2/enums.h"

// What requests and answers of several operations hold, named as in ELBv2's model.
namespace everseal::elbv2::shapes {

inline constexpr auto page_size_range = aws::range(1, 400);
inline constexpr auto port_range = aws::range(1, 65535);
inline constexpr auto tag_letters = aws::pattern(R"(^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$)");
inline constexpr auto tag_count = aws::length(1, 2147483647);

// Every operation has an output shape; of some it has no members.
struct Nothing {
  static constexpr auto fields = std::tuple{};
};

struct Tag {
  std::string key;
  std::optional<std::string> value;
  static constexpr auto fields =
      std::tuple{aws::required("Key", &Tag::key, aws::length(1, 128), tag_letters),
                 aws::optional("Value", &Tag::value, aws::length(0, 256), tag_letters)};
};
std::vector<Tag> shown(const aws::Tags& tags);
aws::Tags pairs(const std::vector<Tag>& tags);

struct SubnetMapping {
  std::optional<std::string> subnet_id;
  std::optional<std::string> allocation_id;
  std::optional<std::string> private_ipv4_address;
  std::optional<std::string> ipv6_address;
  std::optional<std::string> source_nat_ipv6_prefix;
  friend bool operator==(const SubnetMapping&, const SubnetMapping&) = default;
  static constexpr auto fields =
      std::tuple{aws::optional("SubnetId", &SubnetMapping::subnet_id),
                 aws::optional("AllocationId", &SubnetMapping::allocation_id),
                 aws::optional("PrivateIPv4Address", &SubnetMapping::private_ipv4_address),
                 aws::optional("IPv6Address", &SubnetMapping::ipv6_address),
                 aws::optional("SourceNatIpv6Prefix", &SubnetMapping::source_nat_ipv6_prefix)};
};

struct LoadBalancerAddress {
  std::optional<std::string> ip_address;
  std::optional<std::string> allocation_id;
  std::optional<std::string> private_ipv4_address;
  std::optional<std::string> ipv6_address;
  static constexpr auto fields =
      std::tuple{aws::optional("IpAddress", &LoadBalancerAddress::ip_address),
                 aws::optional("AllocationId", &LoadBalancerAddress::allocation_id),
                 aws::optional("PrivateIPv4Address", &LoadBalancerAddress::private_ipv4_address),
                 aws::optional("IPv6Address", &LoadBalancerAddress::ipv6_address)};
};

struct AvailabilityZone {
  std::string subnet_id;
  std::vector<LoadBalancerAddress> load_balancer_addresses;
  static constexpr auto fields =
      std::tuple{aws::required("SubnetId", &AvailabilityZone::subnet_id),
                 aws::always("LoadBalancerAddresses", &AvailabilityZone::load_balancer_addresses)};
};

struct State {
  LoadBalancerState code = LoadBalancerState::Active;
  std::optional<std::string> reason;
  static constexpr auto fields =
      std::tuple{aws::required("Code", &State::code), aws::optional("Reason", &State::reason)};
};

struct LoadBalancer {
  std::string load_balancer_arn;
  std::string dns_name;
  std::string canonical_hosted_zone_id;
  TimePoint created_time;
  std::string load_balancer_name;
  Scheme scheme = Scheme::InternetFacing;
  State state;
  LoadBalancerType type = LoadBalancerType::Application;
  std::vector<AvailabilityZone> availability_zones;
  std::vector<std::string> security_groups;
  IpAddressType ip_address_type = IpAddressType::Ipv4;
  static constexpr auto fields =
      std::tuple{aws::required("LoadBalancerArn", &LoadBalancer::load_balancer_arn),
                 aws::required("DNSName", &LoadBalancer::dns_name),
                 aws::required("CanonicalHostedZoneId", &LoadBalancer::canonical_hosted_zone_id),
                 aws::required("CreatedTime", &LoadBalancer::created_time),
                 aws::required("LoadBalancerName", &LoadBalancer::load_balancer_name),
                 aws::required("Scheme", &LoadBalancer::scheme),
                 aws::required("State", &LoadBalancer::state),
                 aws::required("Type", &LoadBalancer::type),
                 aws::always("AvailabilityZones", &LoadBalancer::availability_zones),
                 aws::always("SecurityGroups", &LoadBalancer::security_groups),
                 aws::required("IpAddressType", &LoadBalancer::ip_address_type)};
};

struct Attribute {
  std::string key;
  std::optional<std::string> value;
  static constexpr auto fields =
      std::tuple{aws::required("Key", &Attribute::key, aws::length(0, 256),
                               aws::pattern(R"(^[a-zA-Z0-9._]+$)")),
                 aws::optional("Value", &Attribute::value, aws::length(0, 1024))};
};

struct Matcher {
  std::optional<std::string> http_code;
  std::optional<std::string> grpc_code;
  friend bool operator==(const Matcher&, const Matcher&) = default;
  static constexpr auto fields = std::tuple{aws::optional("HttpCode", &Matcher::http_code),
                                            aws::optional("GrpcCode", &Matcher::grpc_code)};
};

struct TargetDescription {
  std::string id;
  std::optional<std::int32_t> port;
  std::optional<std::string> availability_zone;
  static constexpr auto fields =
      std::tuple{aws::required("Id", &TargetDescription::id),
                 aws::optional("Port", &TargetDescription::port, port_range),
                 aws::optional("AvailabilityZone", &TargetDescription::availability_zone)};
};

struct Certificate {
  std::optional<std::string> certificate_arn;
  std::optional<bool> is_default;
  static constexpr auto fields =
      std::tuple{aws::optional("CertificateArn", &Certificate::certificate_arn),
                 aws::optional("IsDefault", &Certificate::is_default)};
};

struct MutualAuthentication {
  std::optional<std::string> mode;
  std::optional<std::string> trust_store_arn;
  std::optional<bool> ignore_client_certificate_expiry;
  std::optional<AssociationStatus> trust_store_association_status;
  std::optional<Switch> advertise_trust_store_ca_names;
  friend bool operator==(const MutualAuthentication&, const MutualAuthentication&) = default;
  static constexpr auto fields =
      std::tuple{aws::optional("Mode", &MutualAuthentication::mode),
                 aws::optional("TrustStoreArn", &MutualAuthentication::trust_store_arn),
                 aws::optional("IgnoreClientCertificateExpiry",
                               &MutualAuthentication::ignore_client_certificate_expiry),
                 aws::optional("TrustStoreAssociationStatus",
                               &MutualAuthentication::trust_store_association_status),
                 aws::optional("AdvertiseTrustStoreCaNames",
                               &MutualAuthentication::advertise_trust_store_ca_names)};
};

struct TargetGroupTuple {
  std::optional<std::string> target_group_arn;
  std::optional<std::int32_t> weight;
  friend bool operator==(const TargetGroupTuple&, const TargetGroupTuple&) = default;
  static constexpr auto fields =
      std::tuple{aws::optional("TargetGroupArn", &TargetGroupTuple::target_group_arn),
                 aws::optional("Weight", &TargetGroupTuple::weight)};
};

struct TargetGroupStickiness {
  std::optional<bool> enabled;
  std::optional<std::int32_t> duration_seconds;
  friend bool operator==(const TargetGroupStickiness&, const TargetGroupStickiness&) = default;
  static constexpr auto fields =
      std::tuple{aws::optional("Enabled", &TargetGroupStickiness::enabled),
                 aws::optional("DurationSeconds", &TargetGroupStickiness::duration_seconds)};
};

struct ForwardConfig {
  std::vector<TargetGroupTuple> target_groups;
  std::optional<TargetGroupStickiness> target_group_stickiness_config;
  friend bool operator==(const ForwardConfig&, const ForwardConfig&) = default;
  static constexpr auto fields = std::tuple{
      aws::optional("TargetGroups", &ForwardConfig::target_groups),
      aws::optional("TargetGroupStickinessConfig", &ForwardConfig::target_group_stickiness_config)};
};

struct RedirectConfig {
  std::optional<std::string> protocol;
  std::optional<std::string> port;
  std::optional<std::string> host;
  std::optional<std::string> path;
  std::optional<std::string> query;
  RedirectStatus status_code = RedirectStatus::Http301;
  friend bool operator==(const RedirectConfig&, const RedirectConfig&) = default;
  static constexpr auto fields =
      std::tuple{aws::optional("Protocol", &RedirectConfig::protocol,
                               aws::pattern(R"(^(HTTPS?|#\{protocol\})$)")),
                 aws::optional("Port", &RedirectConfig::port),
                 aws::optional("Host", &RedirectConfig::host, aws::length(1, 128)),
                 aws::optional("Path", &RedirectConfig::path, aws::length(1, 128)),
                 aws::optional("Query", &RedirectConfig::query, aws::length(0, 128)),
                 aws::required("StatusCode", &RedirectConfig::status_code)};
};

struct FixedResponseConfig {
  std::optional<std::string> message_body;
  std::string status_code;
  std::optional<std::string> content_type;
  friend bool operator==(const FixedResponseConfig&, const FixedResponseConfig&) = default;
  static constexpr auto fields = std::tuple{
      aws::optional("MessageBody", &FixedResponseConfig::message_body, aws::length(0, 1024)),
      aws::required("StatusCode", &FixedResponseConfig::status_code,
                    aws::pattern(R"(^(2|4|5)\d\d$)")),
      aws::optional("ContentType", &FixedResponseConfig::content_type, aws::length(0, 32))};
};

struct Action {
  ActionType type = ActionType::Forward;
  std::optional<std::string> target_group_arn;
  std::optional<std::int32_t> order;
  std::optional<RedirectConfig> redirect_config;
  std::optional<FixedResponseConfig> fixed_response_config;
  std::optional<ForwardConfig> forward_config;
  friend bool operator==(const Action&, const Action&) = default;
  static constexpr auto fields =
      std::tuple{aws::required("Type", &Action::type),
                 aws::optional("TargetGroupArn", &Action::target_group_arn),
                 aws::optional("Order", &Action::order, aws::range(1, 50000)),
                 aws::optional("RedirectConfig", &Action::redirect_config),
                 aws::optional("FixedResponseConfig", &Action::fixed_response_config),
                 aws::optional("ForwardConfig", &Action::forward_config)};
};

// Of host-header, path-pattern, http-request-method and source-ip.
struct ValuesConfig {
  std::vector<std::string> values;
  std::vector<std::string> regex_values;
  friend bool operator==(const ValuesConfig&, const ValuesConfig&) = default;
  static constexpr auto fields =
      std::tuple{aws::optional("Values", &ValuesConfig::values),
                 aws::optional("RegexValues", &ValuesConfig::regex_values)};
};

struct HttpHeaderConfig {
  std::optional<std::string> http_header_name;
  std::vector<std::string> values;
  std::vector<std::string> regex_values;
  friend bool operator==(const HttpHeaderConfig&, const HttpHeaderConfig&) = default;
  static constexpr auto fields =
      std::tuple{aws::optional("HttpHeaderName", &HttpHeaderConfig::http_header_name),
                 aws::optional("Values", &HttpHeaderConfig::values),
                 aws::optional("RegexValues", &HttpHeaderConfig::regex_values)};
};

struct QueryStringPair {
  std::optional<std::string> key;
  std::optional<std::string> value;
  friend bool operator==(const QueryStringPair&, const QueryStringPair&) = default;
  static constexpr auto fields = std::tuple{aws::optional("Key", &QueryStringPair::key),
                                            aws::optional("Value", &QueryStringPair::value)};
};

struct QueryStringConfig {
  std::vector<QueryStringPair> values;
  friend bool operator==(const QueryStringConfig&, const QueryStringConfig&) = default;
  static constexpr auto fields = std::tuple{aws::optional("Values", &QueryStringConfig::values)};
};

struct RuleCondition {
  std::optional<std::string> field;
  std::vector<std::string> values;
  std::optional<ValuesConfig> host_header_config;
  std::optional<ValuesConfig> path_pattern_config;
  std::optional<HttpHeaderConfig> http_header_config;
  std::optional<QueryStringConfig> query_string_config;
  std::optional<ValuesConfig> http_request_method_config;
  std::optional<ValuesConfig> source_ip_config;
  std::vector<std::string> regex_values;
  friend bool operator==(const RuleCondition&, const RuleCondition&) = default;
  static constexpr auto fields = std::tuple{
      aws::optional("Field", &RuleCondition::field, aws::length(0, 64)),
      aws::optional("Values", &RuleCondition::values),
      aws::optional("HostHeaderConfig", &RuleCondition::host_header_config),
      aws::optional("PathPatternConfig", &RuleCondition::path_pattern_config),
      aws::optional("HttpHeaderConfig", &RuleCondition::http_header_config),
      aws::optional("QueryStringConfig", &RuleCondition::query_string_config),
      aws::optional("HttpRequestMethodConfig", &RuleCondition::http_request_method_config),
      aws::optional("SourceIpConfig", &RuleCondition::source_ip_config),
      aws::optional("RegexValues", &RuleCondition::regex_values)};
};

// What rewrites requests on AWS: known, to be refused.
struct RuleTransform {
  std::string type;
  static constexpr auto fields = std::tuple{aws::required("Type", &RuleTransform::type)};
};

struct Rule {
  std::string rule_arn;
  std::string priority;  // "10", "default"
  std::vector<RuleCondition> conditions;
  std::vector<Action> actions;
  bool is_default = false;
  static constexpr auto fields = std::tuple{
      aws::required("RuleArn", &Rule::rule_arn), aws::required("Priority", &Rule::priority),
      aws::always("Conditions", &Rule::conditions), aws::always("Actions", &Rule::actions),
      aws::required("IsDefault", &Rule::is_default)};
};

}  // namespace everseal::elbv2::shapes
