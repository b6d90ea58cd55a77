#include "services/acm/operations/remove_tags_from_certificate.h"

#include "services/acm/own_certificate.h"
#include "services/acm/tags.h"

namespace everseal::acm {

aws::Access RemoveTagsFromCertificate::access(const Request& request, const aws::Call&) const {
  auto access = access_to(database, request.certificate_arn);
  add_tag_context(access, request.tags);
  return access;
}

Result<aws::Empty, ApiError> RemoveTagsFromCertificate::operator()(const Request& request,
                                                                   const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto certificate = find_own(tx, call, request.certificate_arn);
    if (!certificate) return certificate.error();
    const auto removed = remove_tags(tx, certificate->arn, request.tags);
    if (!removed) return removed.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::acm
