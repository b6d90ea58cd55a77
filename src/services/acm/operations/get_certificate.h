#pragma once

#include <optional>
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

// GetCertificate: the certificate and the CAs above it, as PEM; never a key.
struct GetCertificate {
  static constexpr std::string_view name = "GetCertificate";
  using Request = CertificateArnRequest;
  struct Response {
    std::string certificate;
    std::optional<std::string> certificate_chain;  // an imported one may have none
    static constexpr auto fields =
        std::tuple{aws::always("Certificate", &Response::certificate),
                   aws::optional("CertificateChain", &Response::certificate_chain)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // RequestInProgressException: not issued yet. ValidationException: its request failed.
  // ResourceNotFoundException, InvalidArnException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::acm
