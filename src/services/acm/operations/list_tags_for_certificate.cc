#include "services/acm/operations/list_tags_for_certificate.h"

#include <utility>

#include "services/acm/own_certificate.h"
#include "services/acm/tags.h"

namespace everseal::acm {

aws::Access ListTagsForCertificate::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.certificate_arn);
}

Result<ListTagsForCertificate::Response, ApiError> ListTagsForCertificate::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto certificate = find_own(view, call, request.certificate_arn);
    if (!certificate) return certificate.error();
    auto tags = tags_of(view, certificate->arn);
    if (!tags) return tags.error();
    Response response;
    for (auto& [key, value] : *tags) response.tags.push_back({std::move(key), std::move(value)});
    return response;
  });
}

}  // namespace everseal::acm
