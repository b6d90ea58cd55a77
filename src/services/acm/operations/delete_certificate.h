#pragma once

#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/acm/shapes.h"
#include "sql/database.h"

namespace everseal::acm {

// DeleteCertificate: the certificate, its key and its tags are gone, and so is its renewal. It does
// not revoke: the CA still vouches for what was exported.
struct DeleteCertificate {
  static constexpr std::string_view name = "DeleteCertificate";
  using Request = CertificateArnRequest;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceInUseException, ResourceNotFoundException, InvalidArnException.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::acm
