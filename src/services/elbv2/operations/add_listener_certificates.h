#pragma once

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

// AddListenerCertificates: one more certificate, for clients that name a server that stands in it.
struct AddListenerCertificates {
  static constexpr std::string_view name = "AddListenerCertificates";
  struct Request {
    std::string listener_arn;
    std::vector<shapes::Certificate> certificates;
    static constexpr auto fields =
        std::tuple{aws::required("ListenerArn", &Request::listener_arn),
                   aws::required("Certificates", &Request::certificates)};
  };
  struct Response {
    std::vector<shapes::Certificate> certificates;
    static constexpr auto fields = std::tuple{aws::always("Certificates", &Response::certificates)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // Done also if it is there. ListenerNotFound, CertificateNotFound. TooManyCertificates: the load
  // balancer would have more than 25 beside the default ones. ValidationError: not exactly one.
  // InvalidConfigurationRequest: the listener is none of HTTPS.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const CertificateSource& certificates;
};

}  // namespace everseal::elbv2
