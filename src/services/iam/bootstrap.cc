#include "services/iam/bootstrap.h"

#include <algorithm>
#include <cstddef>

#include "services/iam/access_key_store.h"
#include "services/iam/identifiers.h"

namespace everseal::iam {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_key_letter(char letter) {
  return is_digit(letter) || letter == '_' || (letter >= 'a' && letter <= 'z') ||
         (letter >= 'A' && letter <= 'Z');
}

bool is_account(std::string_view text) {
  constexpr std::size_t digits = 12;
  return text.size() == digits && std::ranges::all_of(text, is_digit);
}

bool is_key_id(std::string_view text) {
  constexpr std::size_t longest = 128;
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, is_key_letter);
}

Outcome check(std::string_view account, const RootKey& key) {
  if (!is_account(account)) return Fault::malformed("An account ID has 12 digits.");
  if (!is_key_id(key.access_key_id)) {
    return Fault::malformed("An access key ID has 1 to 128 letters, digits and underscores.");
  }
  if (key.secret.empty()) return Fault::malformed("The secret access key is empty.");
  return {};
}

Outcome add_account(sql::Transaction& tx, std::string_view account, TimePoint now) {
  const auto others = tx.one("SELECT COUNT(*) FROM iam_account");
  if (!others) return others.error();
  if ((*others)->integer(0) != 0) return Fault::conflict("There is an account already.");
  const auto added =
      tx.run("INSERT INTO iam_account (account, created_at) VALUES ($1, $2)", account, now);
  if (!added) return added.error();
  return {};
}

}  // namespace

RootKey new_root_key(Random& random) { return {new_access_key_id(random), new_secret(random)}; }

Outcome create_account(sql::Transaction& tx, const keys::Vault& vault, std::string_view account,
                       const RootKey& key, TimePoint now) {
  const auto checked = check(account, key);
  if (!checked) return checked;
  const auto sealed = seal_secret(vault, key.access_key_id, key.secret);
  if (!sealed) return sealed.error();
  const auto added = add_account(tx, account, now);
  if (!added) return added;
  const std::string owner(account);
  return add_access_key(tx, {key.access_key_id, owner, owner, /*active=*/true, now}, *sealed);
}

Result<RootCredentials> root_credentials(sql::Snapshot& view, const keys::Vault& vault) {
  const auto row = view.one(
      "SELECT k.account, k.id, k.sealed_secret FROM iam_access_key k "
      "JOIN iam_account a ON a.account = k.user_id "
      "WHERE k.active = 1 ORDER BY k.created_at, k.id LIMIT 1");
  if (!row) return row.error();
  if (!*row) return Fault::conflict("The root user has no active access key.");
  auto secret = open_secret(vault, (*row)->text(1), (*row)->blob(2));
  if (!secret) return secret.error();
  return RootCredentials{(*row)->text(0), {(*row)->text(1), *std::move(secret)}};
}

}  // namespace everseal::iam
