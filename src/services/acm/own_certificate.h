#pragma once

#include <string>
#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/acm/certificate_store.h"
#include "sql/database.h"

namespace everseal::acm {

// The certificate that the caller means. InvalidArnException: not the ARN of a certificate.
// ResourceNotFoundException: none in the caller's account and the region of the call.
Result<Certificate, ApiError> find_own(sql::Snapshot& view, const aws::Call& call,
                                       std::string_view certificate_arn);

// The right to an operation on this certificate; its tags are read only if a policy looks at them.
aws::Access access_to(sql::Database& database, const std::string& certificate_arn);

// What a right to make a certificate is a right to: arn:aws:acm:<region>:<account>:certificate/*.
std::string any_certificate(const aws::Call& call);

}  // namespace everseal::acm
