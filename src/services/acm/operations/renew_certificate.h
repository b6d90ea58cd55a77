#pragma once

#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/acm/settings.h"
#include "services/acm/shapes.h"
#include "sql/database.h"

namespace everseal::acm {

// RenewCertificate: the managed renewal, now instead of sixty days before the end. Answered at
// once; RenewalSummary says what came of it. May be called again as soon as an attempt has failed:
// who has mended the cause need not wait for the hour.
struct RenewCertificate {
  static constexpr std::string_view name = "RenewCertificate";
  using Request = CertificateArnRequest;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationException: not exported since it was issued or renewed, imported, ended, revoked, or
  // its request failed. RequestInProgressException: not issued yet, or a renewal is under way.
  // ResourceNotFoundException, InvalidArnException.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  const Settings& settings;
};

}  // namespace everseal::acm
