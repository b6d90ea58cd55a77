#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/elbv2/certificate_source.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// The ARN of the one that is said. ValidationError: not exactly one.
Result<std::string, ApiError> only_certificate(const std::vector<shapes::Certificate>& said);

// CertificateNotFound: the caller has none of that name here, or it is not issued.
Result<void, ApiError> check_certificate(sql::Snapshot& view, const aws::Call& call,
                                         const CertificateSource& certificates,
                                         const std::string& arn);

// Tells the owner of the certificates which ones a load balancer uses more and which no longer,
// after `change(tx)` -> Outcome, whose answer this is.
Outcome tell_uses(sql::Transaction& tx, const CertificateSource& certificates,
                  const std::string& load_balancer_arn, const std::vector<std::string>& before);
template <class Change>
Outcome with_uses_told(sql::Transaction& tx, const CertificateSource& certificates,
                       const std::string& load_balancer_arn, Change change) {
  const auto before = certificates_used_by(tx, load_balancer_arn);
  if (!before) return before.error();
  if (Outcome changed = change(); !changed) return changed;
  return tell_uses(tx, certificates, load_balancer_arn, *before);
}

// All listeners of a load balancer.
Outcome remove_listeners_of(sql::Transaction& tx, const CertificateSource& certificates,
                            const std::string& load_balancer_arn);

}  // namespace everseal::elbv2
