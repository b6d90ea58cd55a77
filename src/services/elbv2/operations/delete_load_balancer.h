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
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// DeleteLoadBalancer: done also if it
// is not there.
struct DeleteLoadBalancer {
  static constexpr std::string_view name = "DeleteLoadBalancer";
  struct Request {
    std::string load_balancer_arn;
    static constexpr auto fields =
        std::tuple{aws::required("LoadBalancerArn", &Request::load_balancer_arn)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // OperationNotPermitted: it is protected. ValidationError: not the ARN of one.
  Result<shapes::Nothing, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const CertificateSource& certificates;
};

}  // namespace everseal::elbv2
