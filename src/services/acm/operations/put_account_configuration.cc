#include "services/acm/operations/put_account_configuration.h"

#include "services/acm/expiry_notices.h"

namespace everseal::acm {

aws::Access PutAccountConfiguration::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<aws::Empty, ApiError> PutAccountConfiguration::operator()(const Request& request,
                                                                 const aws::Call& call) const {
  const auto events = request.expiry_events.value_or(ExpiryEvents{});
  if (!events.days_before_expiry) return aws::Empty{};
  const auto now = clock.now();
  const AccountChoice choice{.account = call.caller.account,
                             .region = call.region,
                             .days_before_expiry = *events.days_before_expiry,
                             .token = request.idempotency_token,
                             .token_expires_at = now + settings.idempotency_window};
  const auto done = database.write([&](sql::Transaction& tx) -> Outcome {
    if (auto put = put_days_before_expiry(tx, choice, now); !put) return put;
    return promise_expiry_plan(tx, choice.account, choice.region, now);
  });
  if (!done) return done.error();
  return aws::Empty{};
}

}  // namespace everseal::acm
