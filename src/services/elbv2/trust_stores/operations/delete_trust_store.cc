#include "services/elbv2/trust_stores/operations/delete_trust_store.h"

#include "services/elbv2/trust_stores/errors.h"
#include "services/elbv2/trust_stores/own.h"
#include "services/elbv2/trust_stores/trust_store.h"

namespace everseal::elbv2::trust_stores {
namespace {

Result<bool> is_in_use(sql::Snapshot& view, const Associations* associations,
                       const std::string& arn) {
  if (associations == nullptr) return false;
  const auto users = associations->list(view, arn, "", 1);
  if (!users) return users.error();
  return !users->empty();
}

}  // namespace

aws::Access DeleteTrustStore::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.trust_store_arn);
}

Result<shapes::Done, ApiError> DeleteTrustStore::operator()(const Request& request,
                                                            const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Done, ApiError> {
    const auto store = own_trust_store(tx, call, request.trust_store_arn);
    if (!store) return store.error();
    const auto used = is_in_use(tx, associations, store->arn);
    if (!used) return used.error();
    if (*used) return in_use(store->arn);
    if (const auto removed = remove_trust_store(tx, *store); !removed) return removed.error();
    return shapes::Done{};
  });
}

}  // namespace everseal::elbv2::trust_stores
