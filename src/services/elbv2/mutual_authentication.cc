#include "services/elbv2/mutual_authentication.h"

#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"

namespace everseal::elbv2 {
namespace {

Result<void, ApiError> check_trust_store(sql::Snapshot& view, const aws::Call& call,
                                         const TrustStores& trust_stores, const std::string& arn) {
  if (auto right_kind = expect(Kind::TrustStore, arn); !right_kind) return right_kind;
  if (!is_own(call, arn)) return no_such_trust_store(arn);
  const auto status = trust_stores.status(view, arn);
  if (!status) return status.error();
  if (*status == TrustStores::Status::Absent) return no_such_trust_store(arn);
  if (*status == TrustStores::Status::Creating) return trust_store_not_ready(arn);
  return {};
}

}  // namespace

Result<shapes::MutualAuthentication, ApiError> completed(sql::Snapshot& view, const aws::Call& call,
                                                         const TrustStores& trust_stores,
                                                         const shapes::MutualAuthentication& said) {
  const std::string mode = said.mode.value_or("off");
  if (mode != "off" && mode != "passthrough" && mode != "verify") {
    return invalid("Mutual authentication mode '" + mode +
                   "' is not one of off, passthrough, verify");
  }
  shapes::MutualAuthentication all;
  all.mode = mode;
  if (mode != "verify") {
    const bool plain = !said.trust_store_arn &&
                       !said.ignore_client_certificate_expiry.value_or(false) &&
                       said.advertise_trust_store_ca_names != Switch::On;
    if (plain) return all;
    return invalid("Only mutual authentication mode 'verify' has a trust store");
  }
  if (!said.trust_store_arn) {
    return invalid("Mutual authentication mode 'verify' needs a trust store ARN");
  }
  if (auto fine = check_trust_store(view, call, trust_stores, *said.trust_store_arn); !fine) {
    return fine.error();
  }
  all.trust_store_arn = said.trust_store_arn;
  all.ignore_client_certificate_expiry = said.ignore_client_certificate_expiry.value_or(false);
  all.trust_store_association_status = AssociationStatus::Active;
  all.advertise_trust_store_ca_names = said.advertise_trust_store_ca_names.value_or(Switch::Off);
  return all;
}

}  // namespace everseal::elbv2
