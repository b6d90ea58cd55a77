#include "services/acm/operations/update_certificate_options.h"

#include <optional>
#include <utility>

#include "services/acm/errors.h"
#include "services/acm/own_certificate.h"

namespace everseal::acm {

namespace {

std::optional<ApiError> refusal_of(const Certificate& certificate,
                                   const CertificateOptions& options) {
  if (certificate.status == CertificateStatus::Failed) {
    return invalid_state("The options of certificate " + certificate.arn +
                         " cannot be changed: its request failed.");
  }
  if (options.export_option && *options.export_option != certificate.export_option) {
    return invalid("The Export option of certificate " + certificate.arn +
                   " was chosen with its request and cannot be changed.");
  }
  return std::nullopt;
}

}  // namespace

aws::Access UpdateCertificateOptions::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.certificate_arn);
}

Result<aws::Empty, ApiError> UpdateCertificateOptions::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    auto certificate = find_own(tx, call, request.certificate_arn);
    if (!certificate) return certificate.error();
    if (auto refused = refusal_of(*certificate, request.options)) return *std::move(refused);
    certificate->transparency = request.options.transparency.value_or(certificate->transparency);
    const auto updated = update_certificate(tx, *certificate);
    if (!updated) return updated.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::acm
