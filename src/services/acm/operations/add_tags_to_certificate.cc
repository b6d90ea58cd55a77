#include "services/acm/operations/add_tags_to_certificate.h"

#include <utility>

#include "services/acm/own_certificate.h"
#include "services/acm/tags.h"

namespace everseal::acm {

aws::Access AddTagsToCertificate::access(const Request& request, const aws::Call&) const {
  auto access = access_to(database, request.certificate_arn);
  add_tag_context(access, request.tags);
  return access;
}

Result<aws::Empty, ApiError> AddTagsToCertificate::operator()(const Request& request,
                                                              const aws::Call& call) const {
  const auto limit = settings.tags_per_certificate;
  if (auto refused = refuse_tags(request.tags, limit)) return *std::move(refused);
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto certificate = find_own(tx, call, request.certificate_arn);
    if (!certificate) return certificate.error();
    const auto put = put_tags(tx, certificate->arn, request.tags);
    if (!put) return put.error();
    const auto all = tags_of(tx, certificate->arn);
    if (!all) return all.error();
    if (auto refused = refuse_set(*all, limit)) return *std::move(refused);
    return aws::Empty{};
  });
}

}  // namespace everseal::acm
