#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "aws/access.h"
#include "aws/call.h"
#include "aws/policy/evaluate.h"
#include "aws/session/grant.h"
#include "aws/sigv4/credential_source.h"
#include "clock/clock.h"
#include "keys/vault.h"
#include "result/result.h"
#include "services/iam/remembered.h"
#include "services/iam/role_store.h"

namespace everseal::iam {

// A role with everything that a session of it is judged by.
struct KnownRole {
  Role role;
  aws::Tags tags;
  aws::policy::SharedPolicy trust;
};

// Who calls with temporary credentials. Their token says it; it is opened once and then kept for a
// while, but the role or user is asked for each time: a deleted one ends its sessions at once. That
// a user's key is deactivated or deleted ends none, as in AWS. Thread-safe.
class Sessions {
 public:
  using Found = std::variant<aws::sigv4::Credential, aws::sigv4::Absence>;
  // Null: there is no such role any more.
  using RoleById = std::function<Result<std::shared_ptr<const KnownRole>>(std::string_view)>;

  // A user, or root by the account's number, without a key. Nothing: there is no such user any
  // more.
  using HolderById = std::function<Result<std::optional<aws::Caller>>(std::string_view)>;

  // `clock`: the domain's, by which sessions end.
  Sessions(const keys::Vault& vault, const Clock& clock, RoleById role_by_id,
           HolderById holder_by_id);

  // BadToken: not one of ours for this key, or of a role or user that is gone.
  Result<Found> find(std::string_view access_key_id, std::string_view session_token) const;

 private:
  struct Opened;
  using OpenedRef = std::shared_ptr<const Opened>;

  static aws::Caller caller_of(const Opened& held, const KnownRole& known);
  // Nothing: the role or user is gone.
  Result<std::optional<aws::Caller>> caller_of(const Opened& held) const;
  // Null: the token is none of ours for this key.
  Result<OpenedRef> opened(std::string_view access_key_id, std::string_view token) const;
  Result<OpenedRef> open(std::string_view access_key_id, std::string_view token) const;

  const keys::Vault& vault_;
  const Clock& clock_;
  const RoleById role_by_id_;
  const HolderById holder_by_id_;
  mutable Remembered<Opened> opened_;
};

}  // namespace everseal::iam
