#pragma once

#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/elbv2/certificate_source.h"
#include "services/elbv2/operations/add_listener_certificates.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// RemoveListenerCertificates: done also if they are not there.
struct RemoveListenerCertificates {
  static constexpr std::string_view name = "RemoveListenerCertificates";
  using Request = AddListenerCertificates::Request;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ListenerNotFound. OperationNotPermitted: the default one, which was not added beside.
  Result<shapes::Nothing, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const CertificateSource& certificates;
};

}  // namespace everseal::elbv2
