#include "services/acmpca/operations/untag_certificate_authority.h"

#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/authority/tag_store.h"

namespace everseal::acmpca {

aws::Access UntagCertificateAuthority::access(const Request& request, const aws::Call&) const {
  auto access = on_authority(database, request.certificate_authority_arn);
  add_tag_key_conditions(access, request.tags);
  return access;
}

Result<aws::Empty, ApiError> UntagCertificateAuthority::operator()(const Request& request,
                                                                   const aws::Call& call) const {
  if (auto refused = check_tags(request.tags); !refused) return refused.error();
  const auto now = clock.now();
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto authority =
        require_undeleted_authority(tx, call, request.certificate_authority_arn, now);
    if (!authority) return authority.error();
    const auto done = remove_tags(tx, authority->id, request.tags);
    if (!done) return done.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::acmpca
