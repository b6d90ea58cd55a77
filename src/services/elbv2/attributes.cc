#include "services/elbv2/attributes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "services/elbv2/errors.h"
#include "services/elbv2/header_name.h"
#include "sql/without_count.h"

namespace everseal::elbv2 {
namespace {

using Form = AttributeRule::Form;

constexpr std::int64_t longest_bucket = 255, longest_prefix = 512;
constexpr std::int64_t longest_header_value = 1024;

constexpr auto of_load_balancers = std::to_array<AttributeRule>(
    {{"access_logs.s3.enabled", "false", Form::Boolean},
     {"access_logs.s3.bucket", "", Form::Text, 0, longest_bucket},
     {"access_logs.s3.prefix", "", Form::Text, 0, longest_prefix},
     {"connection_logs.s3.enabled", "false", Form::Boolean},
     {"connection_logs.s3.bucket", "", Form::Text, 0, longest_bucket},
     {"connection_logs.s3.prefix", "", Form::Text, 0, longest_prefix},
     {"health_check_logs.s3.enabled", "false", Form::Boolean},
     {"health_check_logs.s3.bucket", "", Form::Text, 0, longest_bucket},
     {"health_check_logs.s3.prefix", "", Form::Text, 0, longest_prefix},
     {"idle_timeout.timeout_seconds", "60", Form::Number, 1, 4000},
     {"client_keep_alive.seconds", "3600", Form::Number, 60, 604800},
     {"deletion_protection.enabled", "false", Form::Boolean},
     {"ipv6.deny_all_igw_traffic", "false", Form::Boolean},
     {"load_balancing.cross_zone.enabled", "true", Form::Choice, 0, 0, "true"},
     {"routing.http2.enabled", "true", Form::Boolean},
     {"routing.http.drop_invalid_header_fields.enabled", "false", Form::Boolean},
     {"routing.http.xff_client_port.enabled", "false", Form::Boolean},
     {"routing.http.preserve_host_header.enabled", "false", Form::Boolean},
     {"routing.http.xff_header_processing.mode", "append", Form::Choice, 0, 0,
      "append|preserve|remove"},
     {"routing.http.desync_mitigation_mode", "defensive", Form::Choice, 0, 0,
      "monitor|defensive|strictest"},
     {"routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "false", Form::Boolean},
     {"waf.fail_open.enabled", "false", Form::Boolean},
     {"zonal_shift.config.enabled", "false", Form::Boolean}});

constexpr std::int64_t most_targets = 1000, most_percent = 100;

constexpr auto of_target_groups = std::to_array<AttributeRule>(
    {{"deregistration_delay.timeout_seconds", "300", Form::Number, 0, 3600},
     {"stickiness.enabled", "false", Form::Boolean},
     {"stickiness.type", "lb_cookie", Form::Choice, 0, 0, "lb_cookie|app_cookie"},
     {"stickiness.lb_cookie.duration_seconds", "86400", Form::Number, 1, 604800},
     {"stickiness.app_cookie.cookie_name", "", Form::Text, 0, 4096},
     {"stickiness.app_cookie.duration_seconds", "86400", Form::Number, 1, 604800},
     {"slow_start.duration_seconds", "0", Form::Number, 30, 900, {}, /*or_zero=*/true},
     {"load_balancing.algorithm.type", "round_robin", Form::Choice, 0, 0,
      "round_robin|least_outstanding_requests|weighted_random"},
     {"load_balancing.algorithm.anomaly_mitigation", "off", Form::Choice, 0, 0, "on|off"},
     {"load_balancing.cross_zone.enabled", "use_load_balancer_configuration", Form::Choice, 0, 0,
      "true|false|use_load_balancer_configuration"},
     {"target_group_health.dns_failover.minimum_healthy_targets.count", "1", Form::OffOrNumber, 1,
      most_targets},
     {"target_group_health.dns_failover.minimum_healthy_targets.percentage", "off",
      Form::OffOrNumber, 1, most_percent},
     {"target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1",
      Form::Number, 1, most_targets},
     {"target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "off",
      Form::OffOrNumber, 1, most_percent}});

constexpr AttributeRule request_header(std::string_view key, std::string_view usual) {
  return {key, usual, Form::HeaderName};
}
constexpr AttributeRule response_header(std::string_view key) {
  return {key, "", Form::Text, 0, longest_header_value};
}

constexpr auto of_listeners = std::to_array<AttributeRule>(
    {request_header("routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name",
                    "X-Amzn-Mtls-Clientcert-Serial-Number"),
     request_header("routing.http.request.x_amzn_mtls_clientcert_issuer.header_name",
                    "X-Amzn-Mtls-Clientcert-Issuer"),
     request_header("routing.http.request.x_amzn_mtls_clientcert_subject.header_name",
                    "X-Amzn-Mtls-Clientcert-Subject"),
     request_header("routing.http.request.x_amzn_mtls_clientcert_validity.header_name",
                    "X-Amzn-Mtls-Clientcert-Validity"),
     request_header("routing.http.request.x_amzn_mtls_clientcert_leaf.header_name",
                    "X-Amzn-Mtls-Clientcert-Leaf"),
     request_header("routing.http.request.x_amzn_mtls_clientcert.header_name",
                    "X-Amzn-Mtls-Clientcert"),
     request_header("routing.http.request.x_amzn_tls_version.header_name", "X-Amzn-Tls-Version"),
     request_header("routing.http.request.x_amzn_tls_cipher_suite.header_name",
                    "X-Amzn-Tls-Cipher-Suite"),
     {"routing.http.response.server.enabled", "true", Form::Boolean},
     response_header("routing.http.response.strict_transport_security.header_value"),
     response_header("routing.http.response.access_control_allow_origin.header_value"),
     response_header("routing.http.response.access_control_allow_methods.header_value"),
     response_header("routing.http.response.access_control_allow_headers.header_value"),
     response_header("routing.http.response.access_control_allow_credentials.header_value"),
     response_header("routing.http.response.access_control_expose_headers.header_value"),
     response_header("routing.http.response.access_control_max_age.header_value"),
     response_header("routing.http.response.content_security_policy.header_value"),
     response_header("routing.http.response.x_content_type_options.header_value"),
     response_header("routing.http.response.x_frame_options.header_value")});

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_in_range(const AttributeRule& rule, std::string_view text) {
  const auto value = number(text);
  if (!value) return false;
  return (rule.or_zero && *value == 0) || (*value >= rule.least && *value <= rule.most);
}

bool is_choice(std::string_view choices, std::string_view text) {
  while (true) {
    const auto bar = choices.find('|');
    if (choices.substr(0, bar) == text) return true;
    if (bar == std::string_view::npos) return false;
    choices.remove_prefix(bar + 1);
  }
}

// A header's value, a bucket, a cookie: one line that shows.
bool is_one_line(std::string_view text) {
  return std::ranges::none_of(text, [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
  });
}

bool suits(const AttributeRule& rule, std::string_view text) {
  const bool is_short = static_cast<std::int64_t>(text.size()) <= rule.most;
  switch (rule.form) {
    case Form::Boolean:
      return text == "true" || text == "false";
    case Form::Number:
      return is_in_range(rule, text);
    case Form::OffOrNumber:
      return text == "off" || is_in_range(rule, text);
    case Form::Choice:
      return is_choice(rule.choices, text);
    case Form::HeaderName:
      return is_name_to_give(text);
    case Form::Text:
      break;
  }
  return is_short && is_one_line(text);
}

ApiError unsuitable(const shapes::Attribute& said) {
  return invalid("The value '" + said.value.value_or("") + "' of attribute key '" + said.key +
                 "' is not valid");
}

}  // namespace

std::span<const AttributeRule> load_balancer_attributes() { return of_load_balancers; }
std::span<const AttributeRule> target_group_attributes() { return of_target_groups; }
std::span<const AttributeRule> listener_attributes() { return of_listeners; }

Result<std::vector<shapes::Attribute>> attributes_of(sql::Snapshot& view, std::string_view arn,
                                                     std::span<const AttributeRule> rules) {
  const auto rows = view.all(
      "SELECT attribute_key, attribute_value FROM elbv2_attribute WHERE resource_arn = $1", arn);
  if (!rows) return rows.error();
  std::map<std::string, std::string, std::less<>> said;
  for (const sql::Row& row : *rows) said.emplace(row.text(0), row.text(1));
  std::vector<shapes::Attribute> all;
  for (const AttributeRule& rule : rules) {
    const auto found = said.find(rule.key);
    all.push_back(
        {std::string(rule.key), found == said.end() ? std::string(rule.usual) : found->second});
  }
  return all;
}

std::string value_of(const std::vector<shapes::Attribute>& attributes, std::string_view key) {
  const auto found = std::ranges::find(attributes, key, &shapes::Attribute::key);
  return found == attributes.end() ? "" : found->value.value_or("");
}

Result<void, ApiError> check_attributes(const std::vector<shapes::Attribute>& said,
                                        std::span<const AttributeRule> rules) {
  std::set<std::string_view> keys;
  for (const shapes::Attribute& attribute : said) {
    const auto rule = std::ranges::find(rules, attribute.key, &AttributeRule::key);
    if (rule == rules.end()) {
      return invalid("The attribute key '" + attribute.key + "' is not recognized");
    }
    if (!keys.insert(rule->key).second) {
      return invalid("The attribute key '" + attribute.key + "' was specified more than once");
    }
    if (!suits(*rule, attribute.value.value_or(""))) return unsuitable(attribute);
  }
  return {};
}

Result<void, ApiError> check_together(const std::vector<shapes::Attribute>& all) {
  for (const std::string log : {"access_logs", "connection_logs", "health_check_logs"}) {
    const std::string bucket = log + ".s3.bucket", prefix = log + ".s3.prefix";
    if (value_of(all, log + ".s3.enabled") == "true" && value_of(all, bucket).empty()) {
      return invalid_configuration("The value of '" + bucket + "' cannot be empty");
    }
    if (value_of(all, prefix).find("AWSLogs") != std::string::npos) {
      return invalid_configuration("The value of '" + prefix + "' cannot contain 'AWSLogs'");
    }
  }
  if (value_of(all, "stickiness.type") == "app_cookie" &&
      value_of(all, "stickiness.enabled") == "true" &&
      value_of(all, "stickiness.app_cookie.cookie_name").empty()) {
    return invalid_configuration(
        "The value of 'stickiness.app_cookie.cookie_name' cannot be empty");
  }
  return {};
}

Outcome put_attributes(sql::Transaction& tx, std::string_view arn,
                       const std::vector<shapes::Attribute>& said) {
  for (const shapes::Attribute& attribute : said) {
    const auto put = tx.run(
        "INSERT INTO elbv2_attribute (resource_arn, attribute_key, attribute_value) "
        "VALUES ($1, $2, $3) ON CONFLICT (resource_arn, attribute_key) "
        "DO UPDATE SET attribute_value = excluded.attribute_value",
        arn, attribute.key, attribute.value.value_or(""));
    if (!put) return put.error();
  }
  return {};
}

Outcome remove_attributes(sql::Transaction& tx, std::string_view arn) {
  return sql::without_count(tx.run("DELETE FROM elbv2_attribute WHERE resource_arn = $1", arn));
}

}  // namespace everseal::elbv2
