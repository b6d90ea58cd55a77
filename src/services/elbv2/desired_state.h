#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/rule_store.h"
#include "services/elbv2/shapes.h"
#include "services/elbv2/target_group_store.h"
#include "sql/database.h"

// What a data plane is to carry out.
namespace everseal::elbv2 {

struct DesiredListener {
  Listener listener;
  std::vector<std::string> further_certificates;  // ARNs, beside the listener's own
  std::vector<shapes::Attribute> attributes;      // all there are
  std::vector<Rule> rules;                        // by priority; the default one is the last
};

struct DesiredLoadBalancer {
  LoadBalancer load_balancer;
  std::vector<shapes::Attribute> attributes;
  std::vector<DesiredListener> listeners;  // by ARN
};

struct DesiredTargetGroup {
  TargetGroup group;
  std::vector<shapes::Attribute> attributes;
  std::vector<Target> targets;  // those that drain among them, until their time is over
};

struct DesiredState {
  std::vector<DesiredLoadBalancer> load_balancers;  // by name
  std::vector<DesiredTargetGroup> target_groups;    // by name; those that are used
};

// Of an account in a region.
Result<DesiredState> desired_state(sql::Snapshot& view, std::string_view account,
                                   std::string_view region, TimePoint now);

struct Scope {
  std::string account;
  std::string region;
  friend bool operator==(const Scope&, const Scope&) = default;
};
// Where there are load balancers.
Result<std::vector<Scope>> scopes(sql::Snapshot& view);

// Calls `hear` after each change of what is desired was committed, but for time that passes:
// targets that drain do so until their time is over. As Database::listen.
[[nodiscard]] sql::Subscription on_change(sql::Database& database, std::function<void()> hear);

}  // namespace everseal::elbv2
