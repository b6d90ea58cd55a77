#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/certificate_source.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/shapes.h"
#include "services/elbv2/trust_stores.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// DescribeListeners: those that are named, or all of a load balancer, in pages.
struct DescribeListeners {
  static constexpr std::string_view name = "DescribeListeners";
  struct Request {
    std::optional<std::string> load_balancer_arn;
    std::vector<std::string> listener_arns;
    std::optional<std::string> marker;
    std::optional<std::int32_t> page_size;
    static constexpr auto fields =
        std::tuple{aws::optional("LoadBalancerArn", &Request::load_balancer_arn),
                   aws::optional("ListenerArns", &Request::listener_arns),
                   aws::optional("Marker", &Request::marker),
                   aws::optional("PageSize", &Request::page_size, shapes::page_size_range)};
  };
  struct Response {
    std::vector<shapes::Listener> listeners;
    std::optional<std::string> next_marker;
    static constexpr auto fields = std::tuple{aws::always("Listeners", &Response::listeners),
                                              aws::optional("NextMarker", &Response::next_marker)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // ListenerNotFound, LoadBalancerNotFound. ValidationError: not one way to choose, or the marker
  // is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

// ModifyListener: what is given takes the place of what was; of HTTP, all that belongs to HTTPS
// ends.
struct ModifyListener {
  static constexpr std::string_view name = "ModifyListener";
  struct Request {
    std::string listener_arn;
    std::optional<std::int32_t> port;
    std::optional<Protocol> protocol;
    std::optional<std::string> ssl_policy;
    std::vector<shapes::Certificate> certificates;
    std::vector<shapes::Action> default_actions;
    std::optional<shapes::MutualAuthentication> mutual_authentication;
    static constexpr auto fields =
        std::tuple{aws::required("ListenerArn", &Request::listener_arn),
                   aws::optional("Port", &Request::port, shapes::port_range),
                   aws::optional("Protocol", &Request::protocol),
                   aws::optional("SslPolicy", &Request::ssl_policy),
                   aws::optional("Certificates", &Request::certificates),
                   aws::optional("DefaultActions", &Request::default_actions),
                   aws::optional("MutualAuthentication", &Request::mutual_authentication)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ListenerNotFound. DuplicateListener: the port is taken. As CreateListener.
  Result<shapes::Listeners, ApiError> operator()(const Request& request,
                                                 const aws::Call& call) const;

  sql::Database& database;
  const CertificateSource& certificates;
  const TrustStores& trust_stores;
};

// DeleteListener: with its rules; its certificates and trust store are free again.
struct DeleteListener {
  static constexpr std::string_view name = "DeleteListener";
  struct Request {
    std::string listener_arn;
    static constexpr auto fields = std::tuple{aws::required("ListenerArn", &Request::listener_arn)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ListenerNotFound.
  Result<shapes::Nothing, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const CertificateSource& certificates;
};

}  // namespace everseal::elbv2
