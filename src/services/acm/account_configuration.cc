#include "services/acm/account_configuration.h"

namespace everseal::acm {

Result<std::optional<std::int32_t>> days_before_expiry(sql::Snapshot& view,
                                                       std::string_view account,
                                                       std::string_view region) {
  const auto row =
      view.one("SELECT days_before_expiry FROM acm_account WHERE account = $1 AND region = $2",
               account, region);
  if (!row) return row.error();
  if (!*row) return std::optional<std::int32_t>{};
  return std::optional(static_cast<std::int32_t>((*row)->integer(0)));
}

Outcome put_days_before_expiry(sql::Transaction& tx, const AccountChoice& choice, TimePoint now) {
  const auto put = tx.run(
      "INSERT INTO acm_account (account, region, days_before_expiry, token, token_expires_at) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account, region) DO UPDATE SET "
      "days_before_expiry = excluded.days_before_expiry, token = excluded.token, "
      "token_expires_at = excluded.token_expires_at "
      "WHERE acm_account.token <> excluded.token OR acm_account.token_expires_at <= $6",
      choice.account, choice.region, choice.days_before_expiry, choice.token,
      choice.token_expires_at, now);
  if (!put) return put.error();
  return {};
}

}  // namespace everseal::acm
