#include "services/elbv2/service.h"

#include "services/elbv2/operations/add_listener_certificates.h"
#include "services/elbv2/operations/add_tags.h"
#include "services/elbv2/operations/create_listener.h"
#include "services/elbv2/operations/create_load_balancer.h"
#include "services/elbv2/operations/create_rule.h"
#include "services/elbv2/operations/create_target_group.h"
#include "services/elbv2/operations/delete_listener.h"
#include "services/elbv2/operations/delete_load_balancer.h"
#include "services/elbv2/operations/delete_rule.h"
#include "services/elbv2/operations/delete_target_group.h"
#include "services/elbv2/operations/deregister_targets.h"
#include "services/elbv2/operations/describe_account_limits.h"
#include "services/elbv2/operations/describe_listener_attributes.h"
#include "services/elbv2/operations/describe_listener_certificates.h"
#include "services/elbv2/operations/describe_listeners.h"
#include "services/elbv2/operations/describe_load_balancer_attributes.h"
#include "services/elbv2/operations/describe_load_balancers.h"
#include "services/elbv2/operations/describe_rules.h"
#include "services/elbv2/operations/describe_ssl_policies.h"
#include "services/elbv2/operations/describe_tags.h"
#include "services/elbv2/operations/describe_target_group_attributes.h"
#include "services/elbv2/operations/describe_target_groups.h"
#include "services/elbv2/operations/describe_target_health.h"
#include "services/elbv2/operations/modify_listener.h"
#include "services/elbv2/operations/modify_listener_attributes.h"
#include "services/elbv2/operations/modify_load_balancer_attributes.h"
#include "services/elbv2/operations/modify_rule.h"
#include "services/elbv2/operations/modify_target_group.h"
#include "services/elbv2/operations/modify_target_group_attributes.h"
#include "services/elbv2/operations/register_targets.h"
#include "services/elbv2/operations/remove_listener_certificates.h"
#include "services/elbv2/operations/remove_tags.h"
#include "services/elbv2/operations/set_ip_address_type.h"
#include "services/elbv2/operations/set_rule_priorities.h"
#include "services/elbv2/operations/set_security_groups.h"
#include "services/elbv2/operations/set_subnets.h"

namespace everseal::elbv2 {

aws::Service make_service(const Parts& parts) {
  const auto& [database, certificates, trust_stores, addresses, takes_loopback, reports,
               log_objects, random, clock] = parts;
  aws::Service service(
      {.name = "elbv2",
       .signing_name = "elasticloadbalancing",
       .protocol = aws::Protocol::Query,
       .target_prefix = {},
       .api_version = "2015-12-01",
       .xml_namespace = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
       .shows_milliseconds = true});
  service.add(CreateLoadBalancer{database, addresses, reports, random, clock})
      .add(DescribeLoadBalancers{database, reports})
      .add(DeleteLoadBalancer{database, certificates})
      .add(DescribeLoadBalancerAttributes{database})
      .add(ModifyLoadBalancerAttributes{database, log_objects})
      .add(SetSubnets{database})
      .add(SetSecurityGroups{database})
      .add(SetIpAddressType{database})
      .add(AddTags{database, trust_stores})
      .add(RemoveTags{database, trust_stores})
      .add(DescribeTags{database, trust_stores})
      .add(DescribeAccountLimits{})
      .add(CreateTargetGroup{database, random})
      .add(DescribeTargetGroups{database})
      .add(ModifyTargetGroup{database})
      .add(DeleteTargetGroup{database})
      .add(DescribeTargetGroupAttributes{database})
      .add(ModifyTargetGroupAttributes{database})
      .add(RegisterTargets{database, clock, takes_loopback})
      .add(DeregisterTargets{database, clock})
      .add(DescribeTargetHealth{database, clock, reports})
      .add(DescribeSSLPolicies{})
      .add(CreateListener{database, certificates, trust_stores, random})
      .add(DescribeListeners{database})
      .add(ModifyListener{database, certificates, trust_stores})
      .add(DeleteListener{database, certificates})
      .add(DescribeListenerAttributes{database})
      .add(ModifyListenerAttributes{database})
      .add(AddListenerCertificates{database, certificates})
      .add(RemoveListenerCertificates{database, certificates})
      .add(DescribeListenerCertificates{database})
      .add(CreateRule{database, random})
      .add(DescribeRules{database})
      .add(ModifyRule{database})
      .add(DeleteRule{database})
      .add(SetRulePriorities{database});
  return service;
}

}  // namespace everseal::elbv2
