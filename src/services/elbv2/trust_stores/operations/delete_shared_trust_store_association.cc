#include "services/elbv2/trust_stores/operations/delete_shared_trust_store_association.h"

#include "services/elbv2/trust_stores/errors.h"
#include "services/elbv2/trust_stores/own.h"

namespace everseal::elbv2::trust_stores {

aws::Access DeleteSharedTrustStoreAssociation::access(const Request& request,
                                                      const aws::Call&) const {
  return access_to(database, request.trust_store_arn);
}

Result<shapes::Done, ApiError> DeleteSharedTrustStoreAssociation::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<shapes::Done, ApiError> {
    const auto store = own_trust_store(view, call, request.trust_store_arn);
    if (!store) return store.error();
    if (associations == nullptr) return no_such_association(request.resource_arn);
    const auto there = associations->has(view, store->arn, request.resource_arn);
    if (!there) return there.error();
    return *there ? own_association() : no_such_association(request.resource_arn);
  });
}

}  // namespace everseal::elbv2::trust_stores
