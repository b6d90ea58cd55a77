#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "aws/call.h"
#include "aws/policy/evaluate.h"
#include "aws/sigv4/credential_source.h"
#include "clock/clock.h"
#include "keys/vault.h"
#include "result/result.h"
#include "services/iam/holder.h"
#include "services/iam/remembered.h"
#include "services/iam/sessions.h"
#include "sql/database.h"

namespace everseal::iam {

// Who holds an access key and what their policies say: asked for every request, so it keeps what it
// has read (well under a microsecond) until the change of it is durable. Thread-safe.
class Directory final : public aws::sigv4::CredentialSource {
 public:
  using PolicyList = std::vector<aws::policy::SharedPolicy>;

  // `clock`: the domain's, by which temporary credentials end.
  Directory(sql::Database& database, const keys::Vault& vault, const Clock& clock);

  Result<std::variant<aws::sigv4::Credential, aws::sigv4::Absence>> find(
      std::string_view access_key_id, std::optional<std::string_view> session_token) const override;

  // Inline and attached ones of the user, or role. Broken: one of them cannot be read any more;
  // then nothing is allowed.
  Result<std::shared_ptr<const PolicyList>> policies_of(std::string_view user_id) const;
  Result<std::shared_ptr<const PolicyList>> policies_of_role(std::string_view role_id) const;
  // The most that the policies of a user or role, by its id, may give it. What it says is null
  // where there is no boundary. Broken: it cannot be read any more; then nothing is allowed.
  struct Boundary {
    aws::policy::SharedPolicy policy;
  };
  Result<std::shared_ptr<const Boundary>> boundary_of(std::string_view holder_id) const;
  // The most that a limited session may do: its own policy, and what its managed ones say now. One
  // that is gone allows nothing.
  Result<PolicyList> limits_of(const aws::Session& session, std::string_view account) const;

  // Null: there is no such role. Broken: its trust policy cannot be read any more.
  Result<std::shared_ptr<const KnownRole>> role_by_id(std::string_view role_id) const;
  Result<std::shared_ptr<const KnownRole>> role_by_arn(std::string_view arn) const;

  // Whether there is such a managed policy, of the account or of AWS.
  Result<bool> has_policy(std::string_view account, std::string_view arn) const;

  // Whose account a key belongs to, be it active or not; nothing: there is no such key.
  Result<std::optional<std::string>> account_of(std::string_view access_key_id) const;

  // To be called in the transaction that changes the key, or what the user may do.
  void forget_key(sql::Transaction& tx, std::string key_id);
  void forget_policies(sql::Transaction& tx, std::string holder_id);  // of a group: all
  void forget_all_policies(sql::Transaction& tx);                     // a managed one changed
  void forget_role(sql::Transaction& tx, std::string role_id);

 private:
  using CredentialRef = std::shared_ptr<const aws::sigv4::Credential>;

  // Null: there is no such key, or it is inactive.
  Result<CredentialRef> credential(std::string_view key_id) const;
  Result<CredentialRef> read_credential(std::string_view key_id) const;
  // A user, or root by the account's number. Nothing: there is no such user.
  Result<std::optional<aws::Caller>> holder_by_id(std::string_view id) const;
  using PolicyListRef = std::shared_ptr<const PolicyList>;
  Result<PolicyListRef> remembered_policies(const Holder& holder) const;
  Result<PolicyListRef> read_policies(const Holder& holder) const;
  Result<aws::policy::SharedPolicy> managed_policy(std::string_view account,
                                                   const std::string& arn) const;

  sql::Database& database_;
  const keys::Vault& vault_;
  mutable Remembered<aws::sigv4::Credential> credentials_;
  mutable Remembered<PolicyList> policies_;  // by the ids of holders, and single ones by their ARN
  mutable Remembered<Boundary> boundaries_;
  mutable Remembered<KnownRole> roles_;
  Sessions sessions_;
};

}  // namespace everseal::iam
