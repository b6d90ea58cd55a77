#include "services/acmpca/operations/describe_bulk_revocation.h"

#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {

aws::Access DescribeBulkRevocation::access(const Request& request, const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<DescribeBulkRevocation::Response, ApiError> DescribeBulkRevocation::operator()(
    const Request& request, const aws::Call& call) const {
  using Answer = Result<Response, ApiError>;
  const auto& arn = request.certificate_authority_arn;
  return database.read([&](sql::Snapshot& view) -> Answer {
    const auto authority = require_authority(view, call, arn, clock.now());
    if (!authority) return authority.error();
    const auto bulk = find_bulk_revocation(view, authority->id);
    if (!bulk) return bulk.error();
    if (!*bulk) return no_such_bulk_revocation(arn.text());
    return progress_of(arn, **bulk);
  });
}

}  // namespace everseal::acmpca
