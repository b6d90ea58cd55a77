#pragma once

#include <string_view>

#include "aws/api_error.h"
#include "keys/key_store.h"
#include "random/random.h"
#include "result/result.h"
#include "services/acmpca/authority/authority.h"

namespace everseal::acmpca {

// What a CA is to be.
struct AuthorityPlan {
  CaType type;
  UsageMode usage_mode;
  SecurityStandard security_standard;
  CaConfiguration configuration;
  RevocationConfiguration revocation;
};

// InvalidArgsException: algorithms of different families, or that Everseal does not speak; a
// subject without attributes or with a contradiction; a security standard of other regions.
Result<void, ApiError> check_plan(const AuthorityPlan& plan);

// A CA with a new key and its CSR, not stored yet, waiting for its certificate. Takes long if the
// pool has no RSA key ready. The plan was checked.
Result<Authority, ApiError> make_authority(const AuthorityPlan& plan, std::string_view account,
                                           std::string_view region, TimePoint now,
                                           keys::KeyStore& key_store, Random& random);

}  // namespace everseal::acmpca
