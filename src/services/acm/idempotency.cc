#include "services/acm/idempotency.h"

namespace everseal::acm {

Result<std::optional<std::string>> remember_request(sql::Transaction& tx,
                                                    const Certificate& certificate,
                                                    std::string_view token, TimePoint now,
                                                    TimePoint expires_at) {
  const auto forgotten = tx.run("DELETE FROM acm_idempotency WHERE expires_at <= $1", now);
  if (!forgotten) return forgotten.error();
  const auto original = tx.one(
      "SELECT i.arn FROM acm_idempotency i JOIN acm_certificate c ON c.arn = i.arn "
      "WHERE i.account = $1 AND i.region = $2 AND i.token = $3",
      certificate.account, certificate.region, token);
  if (!original) return original.error();
  if (*original) return std::optional((*original)->text(0));
  const auto kept = tx.run(
      "INSERT INTO acm_idempotency (account, region, token, arn, expires_at) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account, region, token) "
      "DO UPDATE SET arn = excluded.arn, expires_at = excluded.expires_at",
      certificate.account, certificate.region, token, certificate.arn, expires_at);
  if (!kept) return kept.error();
  return std::optional<std::string>{};
}

}  // namespace everseal::acm
