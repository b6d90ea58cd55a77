#include "services/elbv2/trust_stores/operations/modify_trust_store.h"

#include "services/elbv2/trust_stores/bundle_file.h"
#include "services/elbv2/trust_stores/errors.h"
#include "services/elbv2/trust_stores/own.h"
#include "services/elbv2/trust_stores/trust_store.h"

namespace everseal::elbv2::trust_stores {

aws::Access ModifyTrustStore::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.trust_store_arn);
}

Result<shapes::TrustStores, ApiError> ModifyTrustStore::operator()(const Request& request,
                                                                   const aws::Call& call) const {
  const auto there = database.read(
      [&](sql::Snapshot& view) { return own_trust_store(view, call, request.trust_store_arn); });
  if (!there) return there.error();
  if (there->ca_arn) return follows_a_ca(*there->ca_arn);
  const auto file =
      read_bundle_file(objects, call, {request.bucket, request.key, request.version}, settings);
  if (!file) return file.error();
  return database.write([&](sql::Transaction& tx) -> Result<shapes::TrustStores, ApiError> {
    auto store = own_trust_store(tx, call, request.trust_store_arn);
    if (!store) return store.error();
    store->ca_certificates = file->ca_certificates;
    const auto replaced =
        replace_bundle(tx, *store, file->octets, file->ca_certificates, clock.now());
    if (!replaced) return replaced.error();
    return shapes::TrustStores{.trust_stores = {shapes::shown(*store)}, .next_marker = {}};
  });
}

}  // namespace everseal::elbv2::trust_stores
