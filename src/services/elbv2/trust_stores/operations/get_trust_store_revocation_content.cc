#include "services/elbv2/trust_stores/operations/get_trust_store_revocation_content.h"

#include <utility>

#include "services/elbv2/trust_stores/own.h"

namespace everseal::elbv2::trust_stores {

aws::Access GetTrustStoreRevocationContent::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.trust_store_arn);
}

Result<shapes::Location, ApiError> GetTrustStoreRevocationContent::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<shapes::Location, ApiError> {
    const auto store = own_trust_store(view, call, request.trust_store_arn);
    if (!store) return store.error();
    const auto revocation = own_revocation(view, *store, request.revocation_id);
    if (!revocation) return revocation.error();
    auto link = links.to_revocation(store->number, revocation->id);
    if (!link) return link.error();
    return shapes::Location{*std::move(link)};
  });
}

}  // namespace everseal::elbv2::trust_stores
