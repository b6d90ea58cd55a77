#include "services/elbv2/errors.h"

#include <utility>

#include "services/elbv2/limits.h"

namespace everseal::elbv2 {
namespace {

ApiError refusal(std::string_view code, std::string message) {
  return {code, 400, std::move(message)};
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

ApiError beyond(std::string_view code, std::string_view what, std::int64_t most) {
  return refusal(code, "The maximum number of " + std::string(what) +
                           " has been reached: " + std::to_string(most));
}

}  // namespace

ApiError invalid(std::string reason) { return refusal("ValidationError", std::move(reason)); }
ApiError invalid_configuration(std::string reason) {
  return refusal("InvalidConfigurationRequest", std::move(reason));
}
ApiError not_permitted(std::string reason) {
  return refusal("OperationNotPermitted", std::move(reason));
}
ApiError default_rule_is_fixed(std::string_view what) {
  return not_permitted("Default rule cannot be " + std::string(what));
}
ApiError in_use(std::string reason) { return refusal("ResourceInUse", std::move(reason)); }
ApiError bad_action(std::string reason) {
  return refusal("InvalidLoadBalancerAction", std::move(reason));
}
ApiError bad_target(std::string reason) { return refusal("InvalidTarget", std::move(reason)); }

ApiError not_an_arn(std::string_view text, std::string_view kind) {
  return invalid(quoted(text) + " is not a valid " + std::string(kind) + " ARN");
}
ApiError bad_marker() { return invalid("The marker is not one of this list"); }

ApiError no_such_load_balancer(std::string_view arn) {
  return refusal("LoadBalancerNotFound", "Load balancer " + quoted(arn) + " not found");
}
ApiError no_such_target_group(std::string_view arn) {
  return refusal("TargetGroupNotFound", "Target group " + quoted(arn) + " not found");
}
ApiError no_such_listener(std::string_view arn) {
  return refusal("ListenerNotFound", "Listener " + quoted(arn) + " not found");
}
ApiError no_such_rule(std::string_view arn) {
  return refusal("RuleNotFound", "Rule " + quoted(arn) + " not found");
}
ApiError no_such_trust_store(std::string_view arn) {
  return refusal("TrustStoreNotFound", "Trust store " + quoted(arn) + " not found");
}
ApiError trust_store_not_ready(std::string_view arn) {
  return refusal("TrustStoreNotReady", "Trust store " + quoted(arn) + " is not active yet");
}
ApiError no_such_certificate(std::string_view arn) {
  return refusal("CertificateNotFound", "Certificate " + quoted(arn) + " not found");
}
ApiError no_such_policy(std::string_view name) {
  return refusal("SSLPolicyNotFound", "SSL policy " + quoted(name) + " not found");
}

ApiError load_balancer_exists(std::string_view name) {
  return refusal("DuplicateLoadBalancerName", "A load balancer with the same name " + quoted(name) +
                                                  " exists, but with different settings");
}
ApiError target_group_exists(std::string_view name) {
  return refusal("DuplicateTargetGroupName", "A target group with the same name " + quoted(name) +
                                                 " exists, but with different settings");
}
ApiError listener_exists(std::string_view load_balancer_arn) {
  return refusal("DuplicateListener",
                 "A listener already exists on this port for this load "
                 "balancer " +
                     quoted(load_balancer_arn));
}
ApiError priority_taken(std::int64_t priority) {
  return refusal("PriorityInUse",
                 "Priority " + quoted(std::to_string(priority)) + " is currently in use");
}
ApiError duplicate_tags() {
  return refusal("DuplicateTagKeys", "A tag key was specified more than once");
}
ApiError unsupported_protocol(std::string_view protocol) {
  return refusal("UnsupportedProtocol", "Protocol " + quoted(protocol) +
                                            " is not supported by application load balancers");
}
ApiError incompatible_protocols(std::string reason) {
  return refusal("IncompatibleProtocols", std::move(reason));
}

ApiError too_many_load_balancers() {
  return beyond("TooManyLoadBalancers", "load balancers", limits::load_balancers);
}
ApiError no_address_left() {
  return refusal("TooManyLoadBalancers",
                 "Each address of load_balancers.addresses is that of a load balancer already");
}
ApiError too_many_target_groups() {
  return beyond("TooManyTargetGroups", "target groups", limits::target_groups);
}
ApiError too_many_listeners() {
  return beyond("TooManyListeners", "listeners of the load balancer", limits::listeners);
}
ApiError too_many_rules() {
  return beyond("TooManyRules", "rules of the load balancer", limits::rules);
}
ApiError too_many_certificates() {
  return beyond("TooManyCertificates", "certificates of the load balancer", limits::certificates);
}
ApiError too_many_targets() {
  return beyond("TooManyTargets", "targets of the target group", limits::targets);
}
ApiError too_many_actions() { return beyond("TooManyActions", "actions of a rule", 1); }
ApiError too_many_groups_of_load_balancer() {
  return beyond("TooManyUniqueTargetGroupsPerLoadBalancer", "target groups of the load balancer",
                limits::groups_of_load_balancer);
}
ApiError group_is_elsewhere(std::string_view arn) {
  return refusal("TargetGroupAssociationLimit",
                 "Target group " + quoted(arn) + " is used by another load balancer already");
}
ApiError too_many_tags() { return beyond("TooManyTags", "tags of a resource", limits::tags); }

}  // namespace everseal::elbv2
