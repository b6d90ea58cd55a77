#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "aws/policy/evaluate.h"
#include "aws/sigv4/credential_source.h"
#include "keys/vault.h"
#include "result/result.h"
#include "services/iam/remembered.h"
#include "sql/database.h"

namespace everseal::iam {

// Who holds an access key and what their policies say: asked for every request, so it keeps what it
// has read (well under a microsecond) until the change of it is durable. Thread-safe.
class Directory final : public aws::sigv4::CredentialSource {
 public:
  using PolicyList = std::vector<aws::policy::SharedPolicy>;

  Directory(sql::Database& database, const keys::Vault& vault);

  Result<std::variant<aws::sigv4::Credential, aws::sigv4::Absence>> find(
      std::string_view access_key_id, std::optional<std::string_view> session_token) const override;

  // Inline and attached ones of the user. Broken: one of them cannot be read any more; then nothing
  // is allowed.
  Result<std::shared_ptr<const PolicyList>> policies_of(std::string_view user_id) const;

  // Whose account a key belongs to, be it active or not; nothing: there is no such key.
  Result<std::optional<std::string>> account_of(std::string_view access_key_id) const;

  // To be called in the transaction that changes the key, or what the user may do.
  void forget_key(sql::Transaction& tx, std::string key_id);
  void forget_policies(sql::Transaction& tx, std::string user_id);

 private:
  using CredentialRef = std::shared_ptr<const aws::sigv4::Credential>;

  // Null: there is no such key, or it is inactive.
  Result<CredentialRef> credential(std::string_view key_id) const;
  Result<CredentialRef> read_credential(std::string_view key_id) const;
  Result<std::shared_ptr<const PolicyList>> read_policies(std::string_view user_id) const;

  sql::Database& database_;
  const keys::Vault& vault_;
  mutable Remembered<aws::sigv4::Credential> credentials_;
  mutable Remembered<PolicyList> policies_;
};

}  // namespace everseal::iam
