#pragma once

#include "aws/endpoint/service.h"
#include "services/sts/key_accounts.h"

namespace everseal::sts {

// STS, query protocol, version 2011-06-15: who a caller is, and whose an access key is.
aws::Service make_service(KeyAccounts accounts);

}  // namespace everseal::sts
