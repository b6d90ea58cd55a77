#include "services/elbv2/identifiers.h"

#include <algorithm>
#include <array>
#include <utility>

#include "aws/arn.h"
#include "services/elbv2/errors.h"

namespace everseal::elbv2 {
namespace {

constexpr std::string_view service_name = "elasticloadbalancing";

struct KindWords {
  Kind kind;
  std::string_view resource;  // in front of the ARN's last part
  std::string_view words;
};
constexpr auto kinds =
    std::to_array<KindWords>({{Kind::LoadBalancer, "loadbalancer/", "load balancer"},
                              {Kind::Listener, "listener/", "listener"},
                              {Kind::Rule, "listener-rule/", "listener rule"},
                              {Kind::TargetGroup, "targetgroup/", "target group"},
                              {Kind::TrustStore, "truststore/", "trust store"}});

std::string arn_of(const aws::Call& call, const std::string& resource) {
  return Arn(service_name, call.region, call.caller.account, resource).text();
}

std::string text(std::string_view view) { return std::string(view); }

// The ARN with another kind, and one more id.
std::string below(std::string_view arn, std::string_view from, std::string_view to,
                  std::string_view id) {
  std::string made(arn);
  made.replace(made.find(from), from.size(), to);
  return made + "/" + text(id);
}

bool is_letter_or_digit(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
         (letter >= 'A' && letter <= 'Z');
}

}  // namespace

std::string new_id(Random& random) { return random_text(random, "0123456789abcdef", 16); }

std::string load_balancer_arn(const aws::Call& call, std::string_view name, std::string_view id) {
  return arn_of(call, "loadbalancer/app/" + text(name) + "/" + text(id));
}

std::string target_group_arn(const aws::Call& call, std::string_view name, std::string_view id) {
  return arn_of(call, "targetgroup/" + text(name) + "/" + text(id));
}

std::string listener_arn(std::string_view load_balancer_arn, std::string_view id) {
  return below(load_balancer_arn, ":loadbalancer/", ":listener/", id);
}

std::string rule_arn(std::string_view listener_arn, std::string_view id) {
  return below(listener_arn, ":listener/", ":listener-rule/", id);
}

std::string dns_name(std::string_view name, std::string_view region, bool is_internal,
                     Random& random) {
  return (is_internal ? "internal-" : "") + text(name) + "-" +
         random_text(random, "0123456789", 10) + "." + text(region) + ".elb.amazonaws.com";
}

std::optional<Kind> kind_of(std::string_view arn) {
  const auto parsed = Arn::parse(arn);
  if (!parsed || parsed->service() != service_name) return std::nullopt;
  for (const auto& [kind, resource, words] : kinds) {
    if (parsed->resource().starts_with(resource)) return kind;
  }
  return std::nullopt;
}

Result<void, ApiError> expect(Kind kind, std::string_view arn) {
  if (kind_of(arn) == kind) return {};
  const auto found = std::ranges::find(kinds, kind, &KindWords::kind);
  return not_an_arn(arn, found->words);
}

bool is_own(const aws::Call& call, std::string_view arn) {
  const auto parsed = Arn::parse(arn);
  return parsed && parsed->account() == call.caller.account && parsed->region() == call.region;
}

Result<void, ApiError> check_name(std::string_view name, std::string_view of_what) {
  constexpr std::size_t longest = 32;
  const std::string subject = "The " + text(of_what) + " name '" + text(name) + "' ";
  if (name.empty() || name.size() > longest) {
    return invalid(subject + "must have between 1 and 32 characters");
  }
  if (!std::ranges::all_of(name, [](char c) { return is_letter_or_digit(c) || c == '-'; })) {
    return invalid(subject +
                   "can only contain characters that are alphanumeric characters and "
                   "hyphens (-)");
  }
  if (name.starts_with('-') || name.ends_with('-')) {
    return invalid(subject + "cannot begin or end with a hyphen (-)");
  }
  return {};
}

}  // namespace everseal::elbv2
