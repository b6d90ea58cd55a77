#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// Where a load balancer listens. What it does is in its rules.
struct Listener {
  std::string arn;
  std::string load_balancer_arn;
  std::int32_t port = 0;
  Protocol protocol = Protocol::Http;          // or Https, which has the rest
  std::optional<std::string> ssl_policy;       // its name
  std::optional<std::string> certificate_arn;  // for clients that name no known server
  shapes::MutualAuthentication mutual_authentication;
  friend bool operator==(const Listener&, const Listener&) = default;
};

namespace shapes {

struct Listener {
  std::string listener_arn;
  std::string load_balancer_arn;
  std::int32_t port = 0;
  Protocol protocol = Protocol::Http;
  std::vector<Certificate> certificates;
  std::optional<std::string> ssl_policy;
  std::vector<Action> default_actions;
  std::optional<MutualAuthentication> mutual_authentication;
  static constexpr auto fields =
      std::tuple{aws::required("ListenerArn", &Listener::listener_arn),
                 aws::required("LoadBalancerArn", &Listener::load_balancer_arn),
                 aws::required("Port", &Listener::port),
                 aws::required("Protocol", &Listener::protocol),
                 aws::optional("Certificates", &Listener::certificates),
                 aws::optional("SslPolicy", &Listener::ssl_policy),
                 aws::always("DefaultActions", &Listener::default_actions),
                 aws::optional("MutualAuthentication", &Listener::mutual_authentication)};
};

struct Listeners {
  std::vector<Listener> listeners;
  static constexpr auto fields = std::tuple{aws::always("Listeners", &Listeners::listeners)};
};

}  // namespace shapes

// With what it does otherwise.
Result<shapes::Listener> shown(sql::Snapshot& view, const Listener& listener);
Result<shapes::Listeners, ApiError> shown_alone(sql::Snapshot& view, const Listener& listener);

// The caller's. ValidationError: not the ARN of one. ListenerNotFound.
Result<Listener, ApiError> own_listener(sql::Snapshot& view, const aws::Call& call,
                                        std::string_view arn);
Result<std::optional<Listener>> find_listener_at(sql::Snapshot& view,
                                                 std::string_view load_balancer_arn,
                                                 std::int32_t port);
// By ARN, after that one.
Result<std::vector<Listener>> list_listeners(sql::Snapshot& view,
                                             std::string_view load_balancer_arn,
                                             std::string_view after, std::int64_t limit);
std::vector<Listener> verifying(std::vector<Listener> listeners);

// Conflict: the load balancer listens at the port already.
Outcome add_listener(sql::Transaction& tx, const Listener& listener);
Outcome change_listener(sql::Transaction& tx, const Listener& listener);
// With its rules, further certificates, attributes and tags.
Outcome remove_listener(sql::Transaction& tx, std::string_view arn);

// Its certificates beside the default one, by ARN, after that one.
Result<std::vector<std::string>> further_certificates(sql::Snapshot& view,
                                                      std::string_view listener_arn,
                                                      std::string_view after, std::int64_t limit);
// Done also if it is there.
Outcome add_further_certificate(sql::Transaction& tx, std::string_view listener_arn,
                                std::string_view certificate_arn);
Outcome remove_further_certificate(sql::Transaction& tx, std::string_view listener_arn,
                                   std::string_view certificate_arn);
Outcome remove_further_certificates(sql::Transaction& tx, std::string_view listener_arn);

// All certificates that listeners of the load balancer have, by ARN.
Result<std::vector<std::string>> certificates_used_by(sql::Snapshot& view,
                                                      std::string_view load_balancer_arn);
Result<std::int64_t> count_further_certificates(sql::Snapshot& view,
                                                std::string_view load_balancer_arn);

// The load balancers that verify clients against the trust store, by ARN, after that one.
Result<std::vector<std::string>> users_of_trust_store(sql::Snapshot& view,
                                                      std::string_view trust_store_arn,
                                                      std::string_view after, std::int64_t limit);
Result<bool> uses_trust_store(sql::Snapshot& view, std::string_view load_balancer_arn,
                              std::string_view trust_store_arn);

}  // namespace everseal::elbv2
