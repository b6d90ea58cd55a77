#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/certificate_source.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

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
