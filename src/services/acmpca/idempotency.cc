#include "services/acmpca/idempotency.h"

namespace everseal::acmpca {
namespace {

// Each new token takes two that have ended with it, so that the table stays as small as the tokens
// of one window.
Outcome forget_two(sql::Transaction& tx, TimePoint now) {
  const auto done = tx.run(
      "DELETE FROM acmpca_idempotency WHERE (scope, token) IN (SELECT scope, token FROM "
      "acmpca_idempotency WHERE expires_at <= $1 ORDER BY expires_at LIMIT 2)",
      now);
  if (!done) return done.error();
  return {};
}

}  // namespace

Result<std::optional<std::string>> earlier_answer(sql::Snapshot& view, const TokenKey& key,
                                                  TimePoint now) {
  const auto row = view.one(
      "SELECT answer FROM acmpca_idempotency WHERE scope = $1 AND token = $2 AND expires_at > $3",
      key.scope, key.token, now);
  if (!row) return row.error();
  if (!*row) return std::optional<std::string>{};
  return std::optional((*row)->text(0));
}

Result<std::optional<std::string>> claim_token(sql::Transaction& tx, const TokenKey& key,
                                               std::string_view answer, TimePoint now,
                                               TimePoint expires_at) {
  if (const auto done = forget_two(tx, now); !done) return done.error();
  const auto claimed = tx.run(
      "INSERT INTO acmpca_idempotency (scope, token, answer, expires_at) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (scope, token) DO UPDATE SET answer = excluded.answer, expires_at = "
      "excluded.expires_at WHERE acmpca_idempotency.expires_at <= $5",
      key.scope, key.token, answer, expires_at, now);
  if (!claimed) return claimed.error();
  if (*claimed > 0) return std::optional<std::string>{};
  return earlier_answer(tx, key, now);
}

}  // namespace everseal::acmpca
