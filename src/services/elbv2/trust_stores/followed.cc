#include "services/elbv2/trust_stores/followed.h"

#include <utility>

#include "asn1/pem.h"

namespace everseal::elbv2::trust_stores {

Result<std::optional<PrivateCas::Ca>> Followed::ca_of(sql::Snapshot& view,
                                                      const TrustStore& store) const {
  if (cas_ == nullptr || !store.ca_arn) return std::optional<PrivateCas::Ca>();
  return cas_->find(view, *store.ca_arn);
}

Result<Bytes> Followed::bundle(sql::Snapshot& view, const TrustStore& store) const {
  const auto ca = ca_of(view, store);
  if (!ca) return ca.error();
  if (*ca) return to_bytes(asn1::Pem::print(asn1::kCertificateLabel, (*ca)->certificate));
  auto kept = bundle_of(view, store.number);
  if (!kept) return kept.error();
  if (!*kept) return Fault::conflict("the trust store is gone");
  return **std::move(kept);
}

Result<TrustStore> Followed::counted(sql::Snapshot& view, TrustStore store) const {
  const auto ca = ca_of(view, store);
  if (!ca) return ca.error();
  if (*ca) store.revoked_entries += (*ca)->revoked;
  return store;
}

}  // namespace everseal::elbv2::trust_stores
