#include "services/elbv2/actions.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <string>

#include "services/elbv2/errors.h"
#include "services/elbv2/limits.h"
#include "services/elbv2/target_group_store.h"

namespace everseal::elbv2 {
namespace {

using shapes::Action;
using shapes::ForwardConfig;
using shapes::RedirectConfig;

constexpr std::int32_t heaviest = 999;
constexpr std::int32_t longest_stickiness = 604800;  // seven days
constexpr auto content_types = std::to_array<std::string_view>(
    {"text/plain", "text/css", "text/html", "application/javascript", "application/json"});

bool is_visible(std::string_view text) {
  return std::ranges::all_of(text, [](char letter) { return letter > ' ' && letter < 0x7f; });
}

bool is_port(std::string_view text) {
  std::int32_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

Result<ForwardConfig, ApiError> forward_in(const Action& action) {
  if (!action.forward_config && !action.target_group_arn) {
    return bad_action("A forward action needs a target group");
  }
  ForwardConfig forward = action.forward_config.value_or(ForwardConfig{});
  auto& groups = forward.target_groups;
  if (action.target_group_arn) {
    const bool agrees = groups.size() == 1 && groups[0].target_group_arn == action.target_group_arn;
    if (!groups.empty() && !agrees) {
      return bad_action("TargetGroupArn and ForwardConfig of an action name different groups");
    }
    if (groups.empty()) groups.push_back({action.target_group_arn, {}});
  }
  if (groups.empty()) return bad_action("A forward action needs a target group");
  if (groups.size() > limits::groups_of_action) {
    return bad_action("A forward action can have at most 5 target groups");
  }
  return forward;
}

Result<void, ApiError> complete_weights(ForwardConfig& forward) {
  std::set<std::string> seen;
  for (auto& share : forward.target_groups) {
    if (!share.target_group_arn) return bad_action("A target group of an action has no ARN");
    if (!seen.insert(*share.target_group_arn).second) {
      return bad_action("A target group was specified more than once in an action");
    }
    share.weight = share.weight.value_or(1);
    if (*share.weight < 0 || *share.weight > heaviest) {
      return bad_action("The weight of a target group must be between 0 and 999");
    }
  }
  return {};
}

Result<void, ApiError> complete_stickiness(ForwardConfig& forward) {
  auto stickiness =
      forward.target_group_stickiness_config.value_or(shapes::TargetGroupStickiness{false, {}});
  stickiness.enabled = stickiness.enabled.value_or(false);
  const auto seconds = stickiness.duration_seconds;
  if (*stickiness.enabled && !seconds) {
    return bad_action("Target group stickiness needs a duration");
  }
  if (seconds && (*seconds < 1 || *seconds > longest_stickiness)) {
    return bad_action("The duration of target group stickiness must be between 1 and 604800");
  }
  forward.target_group_stickiness_config = stickiness;
  return {};
}

// What an action stands in.
struct Place {
  sql::Snapshot& view;
  const aws::Call& call;
  std::string_view load_balancer_arn;
  Protocol protocol;
};

Result<void, ApiError> check_group(const Place& place, const std::string& arn) {
  const auto group = own_target_group(place.view, place.call, arn);
  if (!group) return group.error();
  if (group->settings.protocol_version == "GRPC" && place.protocol != Protocol::Https) {
    return incompatible_protocols("Target group '" + arn +
                                  "' speaks gRPC, which needs an HTTPS listener");
  }
  const auto users = load_balancers_of(place.view, arn);
  if (!users) return users.error();
  for (const std::string& user : *users) {
    if (user != place.load_balancer_arn) return group_is_elsewhere(arn);
  }
  return {};
}

Result<Action, ApiError> completed_forward(const Place& place, const Action& said) {
  auto forward = forward_in(said);
  if (!forward) return forward.error();
  if (auto fine = complete_weights(*forward); !fine) return fine.error();
  if (auto fine = complete_stickiness(*forward); !fine) return fine.error();
  for (const auto& share : forward->target_groups) {
    if (auto fine = check_group(place, *share.target_group_arn); !fine) return fine.error();
  }
  Action action{.type = ActionType::Forward,
                .target_group_arn = {},
                .order = said.order,
                .redirect_config = {},
                .fixed_response_config = {},
                .forward_config = {}};
  if (forward->target_groups.size() == 1) {
    action.target_group_arn = forward->target_groups[0].target_group_arn;
  }
  action.forward_config = *std::move(forward);
  return action;
}

Result<void, ApiError> check_redirect(const RedirectConfig& redirect, Protocol listener) {
  if (!is_visible(*redirect.host) || !is_visible(*redirect.path) || !is_visible(*redirect.query)) {
    return bad_action("Host, path and query of a redirect action can only have visible characters");
  }
  if (!redirect.path->starts_with('/')) {
    return bad_action("The path of a redirect action must begin with a '/' character");
  }
  if (redirect.port != "#{port}" && !is_port(*redirect.port)) {
    return bad_action("The port of a redirect action must be 1 to 65535 or #{port}");
  }
  if (redirect.protocol == "HTTP" && listener == Protocol::Https) {
    return bad_action("A redirect action cannot lead from HTTPS to HTTP");
  }
  const bool changes = redirect.protocol != "#{protocol}" || redirect.host != "#{host}" ||
                       redirect.port != "#{port}" || redirect.path != "/#{path}";
  if (changes) return {};
  return bad_action("A redirect action must change at least one of protocol, host, port and path");
}

Result<Action, ApiError> completed_redirect(const Place& place, const Action& said) {
  if (!said.redirect_config) return bad_action("A redirect action needs a RedirectConfig");
  RedirectConfig redirect = *said.redirect_config;
  redirect.protocol = redirect.protocol.value_or("#{protocol}");
  redirect.host = redirect.host.value_or("#{host}");
  redirect.port = redirect.port.value_or("#{port}");
  redirect.path = redirect.path.value_or("/#{path}");
  redirect.query = redirect.query.value_or("#{query}");
  if (auto fine = check_redirect(redirect, place.protocol); !fine) return fine.error();
  Action action = said;
  action.redirect_config = std::move(redirect);
  return action;
}

Result<Action, ApiError> completed_fixed_response(const Action& said) {
  if (!said.fixed_response_config) {
    return bad_action("A fixed-response action needs a FixedResponseConfig");
  }
  Action action = said;
  auto& response = *action.fixed_response_config;
  if (!response.content_type && response.message_body) response.content_type = "text/plain";
  const auto& type = response.content_type;
  if (type && std::ranges::find(content_types, *type) == content_types.end()) {
    return bad_action("The content type '" + *type + "' of a fixed response is not supported");
  }
  return action;
}

// Nothing but what belongs to its type.
Result<void, ApiError> check_shape(const Action& action) {
  const bool forwards = action.target_group_arn || action.forward_config;
  const bool redirects = action.redirect_config.has_value();
  const bool answers = action.fixed_response_config.has_value();
  const bool fits = (action.type == ActionType::Forward || !forwards) &&
                    (action.type == ActionType::Redirect || !redirects) &&
                    (action.type == ActionType::FixedResponse || !answers);
  if (fits) return {};
  return bad_action("An action of type '" + std::string(aws::name_of(action.type)) +
                    "' has the configuration of another type");
}

Result<Action, ApiError> completed_action(const Place& place, const Action& said) {
  if (auto fine = check_shape(said); !fine) return fine.error();
  switch (said.type) {
    case ActionType::Forward:
      return completed_forward(place, said);
    case ActionType::Redirect:
      return completed_redirect(place, said);
    case ActionType::FixedResponse:
      return completed_fixed_response(said);
    case ActionType::AuthenticateOidc:
    case ActionType::AuthenticateCognito:
    case ActionType::JwtValidation:
      break;
  }
  return bad_action("Actions of type '" + std::string(aws::name_of(said.type)) +
                    "' are not supported by Everseal");
}

}  // namespace

Result<std::vector<Action>, ApiError> completed(sql::Snapshot& view, const aws::Call& call,
                                                std::string_view load_balancer_arn,
                                                Protocol listener_protocol,
                                                const std::vector<Action>& said) {
  if (said.empty()) return bad_action("An action must be specified");
  const Place place{view, call, load_balancer_arn, listener_protocol};
  std::vector<Action> all;
  for (const Action& each : said) {
    auto action = completed_action(place, each);
    if (!action) return action.error();
    all.push_back(*std::move(action));
  }
  if (all.size() > 1) return too_many_actions();
  return all;
}

Result<void, ApiError> check_load(sql::Snapshot& view, std::string_view load_balancer_arn) {
  const auto groups =
      list_target_groups_of(view, load_balancer_arn, "", limits::groups_of_load_balancer + 1);
  if (!groups) return groups.error();
  if (groups->size() > limits::groups_of_load_balancer) return too_many_groups_of_load_balancer();
  std::int64_t targets = 0;
  for (const TargetGroup& group : *groups) {
    const auto some = count_targets(view, group.arn);
    if (!some) return some.error();
    targets += *some;
  }
  if (targets > limits::targets_of_load_balancer) return too_many_targets();
  return {};
}

}  // namespace everseal::elbv2
