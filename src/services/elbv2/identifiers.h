#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "random/random.h"
#include "result/result.h"

// How ELBv2 names what it keeps.
namespace everseal::elbv2 {

enum class Kind { LoadBalancer, Listener, Rule, TargetGroup, TrustStore };

std::string new_id(Random& random);  // 16 hexadecimal digits

// "arn:aws:elasticloadbalancing:<region>:<account>:" and then:
std::string load_balancer_arn(const aws::Call& call, std::string_view name, std::string_view id);
std::string target_group_arn(const aws::Call& call, std::string_view name, std::string_view id);
// "listener/app/<name>/<load balancer>/<id>"
std::string listener_arn(std::string_view load_balancer_arn, std::string_view id);
// "listener-rule/app/<name>/<load balancer>/<listener>/<id>"
std::string rule_arn(std::string_view listener_arn, std::string_view id);

// "<name>-<10 digits>.<region>.elb.amazonaws.com"; of internal ones with "internal-" in front.
std::string dns_name(std::string_view name, std::string_view region, bool is_internal,
                     Random& random);

// What the ARN names, if it is one of this service.
std::optional<Kind> kind_of(std::string_view arn);
// ValidationError: it is not the ARN of such a thing.
Result<void, ApiError> expect(Kind kind, std::string_view arn);
// Whether it belongs to account and region of the call.
bool is_own(const aws::Call& call, std::string_view arn);

// 1 to 32 letters, digits and hyphens, none of these at an end. ValidationError.
Result<void, ApiError> check_name(std::string_view name, std::string_view of_what);

}  // namespace everseal::elbv2
