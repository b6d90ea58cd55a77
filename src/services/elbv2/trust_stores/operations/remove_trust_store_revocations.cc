#include "services/elbv2/trust_stores/operations/remove_trust_store_revocations.h"

#include <set>

#include "services/elbv2/trust_stores/errors.h"
#include "services/elbv2/trust_stores/own.h"

namespace everseal::elbv2::trust_stores {

aws::Access RemoveTrustStoreRevocations::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.trust_store_arn);
}

Result<shapes::Done, ApiError> RemoveTrustStoreRevocations::operator()(
    const Request& request, const aws::Call& call) const {
  const std::set<std::int64_t> ids(request.revocation_ids.begin(), request.revocation_ids.end());
  if (ids.empty()) return no_revocation_ids();
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Done, ApiError> {
    auto store = own_trust_store(tx, call, request.trust_store_arn);
    if (!store) return store.error();
    for (const auto id : ids) {
      const auto revocation = own_revocation(tx, *store, id);
      if (!revocation) return revocation.error();
      if (const auto removed = remove_revocation(tx, *revocation); !removed) return removed.error();
      --store->revocation_lists;
      store->revoked_entries -= revocation->entries;
    }
    const auto counted = count_revocations(tx, *store, clock.now());
    if (!counted) return counted.error();
    return shapes::Done{};
  });
}

}  // namespace everseal::elbv2::trust_stores
