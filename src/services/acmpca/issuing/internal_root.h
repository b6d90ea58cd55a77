#pragma once

#include <string>
#include <string_view>

#include "clock/clock.h"
#include "keys/key_store.h"
#include "random/random.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::acmpca {

// What the program's own CA is called and whose it is.
struct InternalRoot {
  std::string_view account;  // not the users': they never see it
  std::string_view region;
  std::string_view common_name;
};

// Makes an ACTIVE root CA with a P-256 key, valid for 20 years, that acm.amazonaws.com may use: for
// the certificates of this server itself. Returns its ARN.
Result<std::string> create_internal_root(const InternalRoot& root, sql::Database& database,
                                         const Clock& clock, keys::KeyStore& key_store,
                                         Random& random);

}  // namespace everseal::acmpca
