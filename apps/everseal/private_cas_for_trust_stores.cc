#include "private_cas_for_trust_stores.h"

#include <memory>
#include <utility>

#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/authority/lasting_authority.h"
#include "services/acmpca/certificates/revocation_store.h"

namespace everseal::app {

Result<std::optional<elbv2::trust_stores::PrivateCas::Ca>> PrivateCasForTrustStores::find(
    sql::Snapshot& view, std::string_view arn) const {
  auto authority = acmpca::find_lasting(view, arn);
  if (!authority) return authority.error();
  if (!*authority) return std::optional<Ca>();
  const auto revoked = acmpca::count_revocations(view, (*authority)->id);
  if (!revoked) return revoked.error();
  return std::optional(Ca{.number = (*authority)->id,
                          .version = (*authority)->version,
                          .revoked = *revoked,
                          .certificate = std::move((*authority)->certificate)});
}

Outcome PrivateCasForTrustStores::revoked_serials(
    sql::Snapshot& view, std::int64_t number, std::int64_t after,
    const std::function<void(ByteView)>& visit) const {
  return acmpca::each_revoked_serial(view, number, after, visit);
}

sql::Subscription PrivateCasForTrustStores::on_change(std::function<void()> hear) const {
  const auto told = [hear = std::move(hear)](std::int64_t) { hear(); };
  return std::make_shared<std::pair<sql::Subscription, sql::Subscription>>(
      database_.listen(acmpca::revocation_topic, told),
      database_.listen(acmpca::changed_topic, told));
}

}  // namespace everseal::app
