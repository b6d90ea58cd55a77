#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "aws/api_error.h"

// Refusals, in the words of ELBv2's model; all are 400.
namespace everseal::elbv2 {

ApiError invalid(std::string reason);                   // ValidationError
ApiError invalid_configuration(std::string reason);     // InvalidConfigurationRequest
ApiError not_permitted(std::string reason);             // OperationNotPermitted
ApiError default_rule_is_fixed(std::string_view what);  // OperationNotPermitted: "modified"
ApiError in_use(std::string reason);                    // ResourceInUse
ApiError bad_action(std::string reason);                // InvalidLoadBalancerAction
ApiError bad_target(std::string reason);                // InvalidTarget

ApiError not_an_arn(std::string_view text, std::string_view kind);  // ValidationError
ApiError bad_marker();                                              // ValidationError

ApiError no_such_load_balancer(std::string_view arn);  // LoadBalancerNotFound
ApiError no_such_target_group(std::string_view arn);   // TargetGroupNotFound
ApiError no_such_listener(std::string_view arn);       // ListenerNotFound
ApiError no_such_rule(std::string_view arn);           // RuleNotFound
ApiError no_such_trust_store(std::string_view arn);    // TrustStoreNotFound
ApiError trust_store_not_ready(std::string_view arn);  // TrustStoreNotReady
ApiError no_such_certificate(std::string_view arn);    // CertificateNotFound
ApiError no_such_policy(std::string_view name);        // SSLPolicyNotFound

ApiError load_balancer_exists(std::string_view name);          // DuplicateLoadBalancerName
ApiError target_group_exists(std::string_view name);           // DuplicateTargetGroupName
ApiError listener_exists(std::string_view load_balancer_arn);  // DuplicateListener
ApiError priority_taken(std::int64_t priority);                // PriorityInUse
ApiError duplicate_tags();                                     // DuplicateTagKeys
ApiError unsupported_protocol(std::string_view protocol);      // UnsupportedProtocol
ApiError incompatible_protocols(std::string reason);           // IncompatibleProtocols

ApiError too_many_load_balancers();
ApiError no_address_left();  // TooManyLoadBalancers
ApiError too_many_target_groups();
ApiError too_many_listeners();
ApiError too_many_rules();
ApiError too_many_certificates();
ApiError too_many_targets();
ApiError too_many_actions();
ApiError too_many_groups_of_load_balancer();        // TooManyUniqueTargetGroupsPerLoadBalancer
ApiError group_is_elsewhere(std::string_view arn);  // TargetGroupAssociationLimit
ApiError too_many_tags();

}  // namespace everseal::elbv2
