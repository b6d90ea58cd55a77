#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/acm/shapes.h"
#include "sql/database.h"

namespace everseal::acm {

// UpdateCertificateOptions: the preference for transparency logging, which is kept and shown. No
// private certificate is ever logged in public.
struct UpdateCertificateOptions {
  static constexpr std::string_view name = "UpdateCertificateOptions";
  struct Request {
    std::string certificate_arn;
    CertificateOptions options;
    static constexpr auto fields = std::tuple{certificate_arn_field(&Request::certificate_arn),
                                              aws::required("Options", &Request::options)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidStateException: its request failed. ValidationException: Export would change.
  // ResourceNotFoundException, InvalidArnException.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::acm
