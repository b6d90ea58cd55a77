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
#include "services/elbv2/shapes.h"

namespace everseal::elbv2 {

// DescribeSSLPolicies: those that are named, or all, by name, in pages.
struct DescribeSSLPolicies {
  static constexpr std::string_view name = "DescribeSSLPolicies";
  struct Request {
    std::vector<std::string> names;
    std::optional<std::string> marker;
    std::optional<std::int32_t> page_size;
    std::optional<LoadBalancerType> load_balancer_type;
    static constexpr auto fields = std::tuple{
        aws::optional("Names", &Request::names), aws::optional("Marker", &Request::marker),
        aws::optional("PageSize", &Request::page_size, shapes::page_size_range),
        aws::optional("LoadBalancerType", &Request::load_balancer_type)};
  };
  struct Cipher {
    std::string name;
    std::int32_t priority = 0;
    static constexpr auto fields = std::tuple{aws::required("Name", &Cipher::name),
                                              aws::required("Priority", &Cipher::priority)};
  };
  struct Policy {
    std::vector<std::string> ssl_protocols;
    std::vector<Cipher> ciphers;
    std::string name;
    std::vector<std::string> supported_load_balancer_types;
    static constexpr auto fields = std::tuple{
        aws::always("SslProtocols", &Policy::ssl_protocols),
        aws::always("Ciphers", &Policy::ciphers), aws::required("Name", &Policy::name),
        aws::always("SupportedLoadBalancerTypes", &Policy::supported_load_balancer_types)};
  };
  struct Response {
    std::vector<Policy> ssl_policies;
    std::optional<std::string> next_marker;
    static constexpr auto fields = std::tuple{aws::always("SslPolicies", &Response::ssl_policies),
                                              aws::optional("NextMarker", &Response::next_marker)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // SSLPolicyNotFound. ValidationError: the marker is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;
};

}  // namespace everseal::elbv2
