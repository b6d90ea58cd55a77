#include "services/acmpca/operations/delete_permission.h"

#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/authority/permission_store.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {

aws::Access DeletePermission::access(const Request& request, const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<aws::Empty, ApiError> DeletePermission::operator()(const Request& request,
                                                          const aws::Call& call) const {
  const auto now = clock.now();
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto authority =
        require_undeleted_authority(tx, call, request.certificate_authority_arn, now);
    if (!authority) return authority.error();
    const auto removed = remove_permission(tx, authority->id, request.principal,
                                           request.source_account.value_or(call.caller.account));
    if (!removed) return removed.error();
    if (!*removed) return no_such_permission(request.principal);
    return aws::Empty{};
  });
}

}  // namespace everseal::acmpca
