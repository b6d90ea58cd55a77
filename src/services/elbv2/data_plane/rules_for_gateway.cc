#include <algorithm>
#include <charconv>
#include <utility>

#include "services/elbv2/data_plane/for_gateway.h"

namespace everseal::elbv2::data_plane {
namespace {

using Values = std::vector<std::string>;

// Older clients say the values beside the field's name.
const Values& values_of(const shapes::RuleCondition& condition,
                        const std::optional<shapes::ValuesConfig>& config) {
  return config ? config->values : condition.values;
}

gateway::Condition query_condition(const shapes::QueryStringConfig& config) {
  gateway::QueryCondition query;
  for (const auto& pair : config.values)
    query.pairs.push_back({pair.key.value_or(""), pair.value.value_or("")});
  return query;
}

gateway::Condition for_gateway(const shapes::RuleCondition& condition) {
  const auto field = condition.field.value_or("");
  if (field == "host-header")
    return gateway::HostCondition{values_of(condition, condition.host_header_config)};
  if (field == "path-pattern")
    return gateway::PathCondition{values_of(condition, condition.path_pattern_config)};
  if (field == "http-request-method")
    return gateway::MethodCondition{values_of(condition, condition.http_request_method_config)};
  if (field == "source-ip")
    return gateway::SourceCondition{values_of(condition, condition.source_ip_config)};
  if (condition.http_header_config) {
    return gateway::HeaderCondition{condition.http_header_config->http_header_name.value_or(""),
                                    condition.http_header_config->values};
  }
  return query_condition(condition.query_string_config.value_or(shapes::QueryStringConfig{}));
}

gateway::Action forward(const shapes::Action& action) {
  gateway::Forward forward;
  if (!action.forward_config) {
    forward.shares.push_back({action.target_group_arn.value_or("")});
    return forward;
  }
  for (const auto& group : action.forward_config->target_groups) {
    forward.shares.push_back({group.target_group_arn.value_or(""),
                              static_cast<unsigned>(std::max(0, group.weight.value_or(1)))});
  }
  return forward;
}

// "HTTPS", "#{protocol}".
std::string scheme(const std::string& protocol) {
  return protocol == "HTTP" ? "http" : protocol == "HTTPS" ? "https" : protocol;
}

gateway::Action redirect(const shapes::RedirectConfig& config) {
  gateway::Redirect redirect;
  redirect.status = config.status_code == RedirectStatus::Http302 ? 302 : 301;
  if (config.protocol) redirect.protocol = scheme(*config.protocol);
  redirect.host = config.host.value_or(redirect.host);
  redirect.port = config.port.value_or(redirect.port);
  redirect.path = config.path.value_or(redirect.path);
  redirect.query = config.query.value_or(redirect.query);
  return redirect;
}

gateway::Action fixed_response(const shapes::FixedResponseConfig& config) {
  gateway::FixedResponse fixed;
  const auto& code = config.status_code;
  std::from_chars(code.data(), code.data() + code.size(), fixed.status);
  fixed.content_type = config.content_type.value_or("text/plain");
  fixed.body = config.message_body.value_or("");
  return fixed;
}

}  // namespace

gateway::Action for_gateway(const shapes::Action& action) {
  if (action.redirect_config) return redirect(*action.redirect_config);
  if (action.fixed_response_config) return fixed_response(*action.fixed_response_config);
  return forward(action);
}

gateway::Rule for_gateway(const Rule& rule) {
  gateway::Rule told{.priority = static_cast<int>(rule.priority)};
  for (const auto& condition : rule.conditions) told.conditions.push_back(for_gateway(condition));
  if (!rule.actions.empty()) told.action = for_gateway(rule.actions.front());
  return told;
}

}  // namespace everseal::elbv2::data_plane
