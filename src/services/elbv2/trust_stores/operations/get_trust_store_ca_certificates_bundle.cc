#include "services/elbv2/trust_stores/operations/get_trust_store_ca_certificates_bundle.h"

#include <utility>

#include "services/elbv2/trust_stores/own.h"

namespace everseal::elbv2::trust_stores {

aws::Access GetTrustStoreCaCertificatesBundle::access(const Request& request,
                                                      const aws::Call&) const {
  return access_to(database, request.trust_store_arn);
}

Result<shapes::Location, ApiError> GetTrustStoreCaCertificatesBundle::operator()(
    const Request& request, const aws::Call& call) const {
  const auto store = database.read(
      [&](sql::Snapshot& view) { return own_trust_store(view, call, request.trust_store_arn); });
  if (!store) return store.error();
  auto link = links.to_bundle(store->number);
  if (!link) return link.error();
  return shapes::Location{*std::move(link)};
}

}  // namespace everseal::elbv2::trust_stores
