#include "services/acm/operations/get_account_configuration.h"

namespace everseal::acm {

aws::Access GetAccountConfiguration::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<GetAccountConfiguration::Response, ApiError> GetAccountConfiguration::operator()(
    const Request&, const aws::Call& call) const {
  const auto chosen = database.read([&](sql::Snapshot& view) {
    return days_before_expiry(view, call.caller.account, call.region);
  });
  if (!chosen) return chosen.error();
  return Response{ExpiryEvents{chosen->value_or(settings.expiry_event_days)}};
}

}  // namespace everseal::acm
