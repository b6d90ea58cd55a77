#include "neighbours_of_elbv2.h"

#include <utility>

#include "services/acm/certificate_store.h"
#include "services/acm/identity.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/trust_stores/tagging.h"
#include "services/elbv2/trust_stores/trust_store.h"

namespace everseal::app {
namespace {

namespace stores = elbv2::trust_stores;

}  // namespace

Result<elbv2::CertificateSource::Status> CertificatesForElbv2::status(
    sql::Snapshot& view, std::string_view certificate_arn) const {
  const auto found = acm::find_certificate(view, certificate_arn);
  if (!found) return found.error();
  if (!*found) return Status::Absent;
  const bool issued = (*found)->status == acm::CertificateStatus::Issued;
  return issued ? Status::Issued : Status::NotIssued;
}

Outcome CertificatesForElbv2::attach(sql::Transaction& tx, std::string_view certificate_arn,
                                     std::string_view user_arn) const {
  return users_.attach(tx, certificate_arn, user_arn);
}

Outcome CertificatesForElbv2::detach(sql::Transaction& tx, std::string_view certificate_arn,
                                     std::string_view user_arn) const {
  return users_.detach(tx, certificate_arn, user_arn);
}

Result<std::optional<tls::ServerIdentity>> IdentitiesForListeners::find(
    sql::Snapshot& view, std::string_view certificate_arn) const {
  auto identity = acm::identity_of(view, vault_, certificate_arn);
  if (!identity) return identity.error();
  if (!*identity) return std::optional<tls::ServerIdentity>{};
  return std::optional(
      tls::ServerIdentity{std::move((*identity)->chain), std::move((*identity)->private_key)});
}

Result<elbv2::TrustStores::Status> TrustStoresForElbv2::status(sql::Snapshot& view,
                                                               std::string_view arn) const {
  const auto store = stores::find_trust_store(view, arn);
  if (!store) return store.error();
  return *store ? Status::Active : Status::Absent;
}

Result<aws::Tags> TrustStoresForElbv2::tags(sql::Snapshot& view, std::string_view arn) const {
  const auto store = stores::find_trust_store(view, arn);
  if (!store) return store.error();
  if (!*store) return Fault::broken("tags of a trust store that is not there");
  return stores::tags_of(view, (*store)->number);
}

Result<void, ApiError> TrustStoresForElbv2::put_tags(sql::Transaction& tx, std::string_view arn,
                                                     const aws::Tags& tags) const {
  return stores::change_tags(tx, arn, tags);
}

Result<void, ApiError> TrustStoresForElbv2::remove_tags(
    sql::Transaction& tx, std::string_view arn, const std::vector<std::string>& keys) const {
  return stores::remove_tags(tx, arn, keys);
}

Result<std::vector<std::string>> UsersOfTrustStores::list(sql::Snapshot& view,
                                                          std::string_view trust_store_arn,
                                                          std::string_view after,
                                                          std::int64_t limit) const {
  return elbv2::users_of_trust_store(view, trust_store_arn, after, limit);
}

Result<bool> UsersOfTrustStores::has(sql::Snapshot& view, std::string_view trust_store_arn,
                                     std::string_view resource_arn) const {
  return elbv2::uses_trust_store(view, resource_arn, trust_store_arn);
}

}  // namespace everseal::app
