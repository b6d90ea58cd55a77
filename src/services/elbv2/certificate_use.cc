#include "services/elbv2/certificate_use.h"

#include <algorithm>

#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/limits.h"

namespace everseal::elbv2 {

Result<std::string, ApiError> only_certificate(const std::vector<shapes::Certificate>& said) {
  if (said.size() == 1 && said[0].certificate_arn) return *said[0].certificate_arn;
  return invalid("Exactly one certificate must be specified");
}

Result<void, ApiError> check_certificate(sql::Snapshot& view, const aws::Call& call,
                                         const CertificateSource& certificates,
                                         const std::string& arn) {
  if (!is_own(call, arn)) return no_such_certificate(arn);
  const auto status = certificates.status(view, arn);
  if (!status) return status.error();
  if (*status != CertificateSource::Status::Issued) return no_such_certificate(arn);
  return {};
}

Outcome tell_uses(sql::Transaction& tx, const CertificateSource& certificates,
                  const std::string& load_balancer_arn, const std::vector<std::string>& before) {
  const auto after = certificates_used_by(tx, load_balancer_arn);
  if (!after) return after.error();
  std::vector<std::string> added, gone;
  std::ranges::set_difference(*after, before, std::back_inserter(added));
  std::ranges::set_difference(before, *after, std::back_inserter(gone));
  for (const std::string& arn : added) {
    if (auto told = certificates.attach(tx, arn, load_balancer_arn); !told) return told;
  }
  for (const std::string& arn : gone) {
    if (auto told = certificates.detach(tx, arn, load_balancer_arn); !told) return told;
  }
  return {};
}

Outcome remove_listeners_of(sql::Transaction& tx, const CertificateSource& certificates,
                            const std::string& load_balancer_arn) {
  return with_uses_told(tx, certificates, load_balancer_arn, [&]() -> Outcome {
    const auto listeners = list_listeners(tx, load_balancer_arn, "", limits::listeners);
    if (!listeners) return listeners.error();
    for (const Listener& listener : *listeners) {
      if (auto removed = remove_listener(tx, listener.arn); !removed) return removed;
    }
    return {};
  });
}

}  // namespace everseal::elbv2
