#pragma once

#include <cstdint>

// The quotas that AWS gives an account at first; see DescribeAccountLimits.
namespace everseal::elbv2::limits {

inline constexpr std::int64_t load_balancers = 50;      // of an account in a region
inline constexpr std::int64_t target_groups = 3000;     // of an account in a region
inline constexpr std::int64_t listeners = 50;           // of a load balancer
inline constexpr std::int64_t rules = 100;              // of a load balancer
inline constexpr std::int64_t certificates = 25;        // of a load balancer
inline constexpr std::int64_t verifying_listeners = 2;  // of a load balancer
inline constexpr std::int64_t targets = 1000;           // of a target group
inline constexpr std::int64_t kept_targets =
    2 * targets;  // of a target group, with those that drain
inline constexpr std::int64_t targets_of_load_balancer = 1000;  // in all its groups
inline constexpr std::int64_t groups_of_load_balancer = 100;    // different ones
inline constexpr std::int64_t groups_of_action = 5;
inline constexpr std::int64_t condition_values = 5;     // of a rule
inline constexpr std::int64_t condition_wildcards = 6;  // of a rule
inline constexpr std::int64_t tags = 50;                // of a resource

}  // namespace everseal::elbv2::limits
