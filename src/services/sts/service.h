#pragma once

#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "keys/vault.h"
#include "random/random.h"
#include "services/sts/key_accounts.h"
#include "services/sts/roles.h"

namespace everseal::sts {

struct Parts {
  KeyAccounts accounts;
  const Roles& roles;
  const keys::Vault& vault;
  Random& random;
  const Clock& clock;  // the domain's, by which sessions end
};

// STS, query protocol, version 2011-06-15: who a caller is, whose an access key is, sessions of
// roles, and temporary credentials of users.
aws::Service make_service(const Parts& parts);

}  // namespace everseal::sts
