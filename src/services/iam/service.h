#pragma once

#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "keys/vault.h"
#include "random/random.h"
#include "services/iam/directory.h"
#include "sql/database.h"

namespace everseal::iam {

struct Parts {
  sql::Database& database;
  Directory& directory;
  const keys::Vault& vault;
  Random& random;
  const Clock& clock;
};

// IAM, query protocol, version 2010-05-08: users, their access keys, roles, inline and managed
// policies.
// Global: whatever the region of the signature.
aws::Service make_service(const Parts& parts);

}  // namespace everseal::iam
