#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "clock/clock.h"
#include "issuance/issuer.h"
#include "keys/key_store.h"
#include "result/result.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/crl/membership.h"
#include "services/acmpca/model/settings.h"
#include "sql/database.h"

namespace everseal::acmpca {

// A CA with everything that signing needs, as it was when it was read.
struct ReadyAuthority {
  Authority authority;
  std::optional<CrlInUse> crl;  // nothing: it publishes none
  issuance::Issuer issuer;
};

// The CAs used last, ready to sign: certificate parsed, key open. What is kept may be old by the
// time it is used, so whoever writes checks the version in its transaction, and whoever refuses
// looks again in the database first. Changes announced by any node make it forget. Thread-safe.
class ReadyAuthorities {
 public:
  enum class From { Memory, Database };
  // Null: there is none, or it is gone for good.
  using Found = std::shared_ptr<const ReadyAuthority>;

  ReadyAuthorities(sql::Database& database, const Clock& clock, keys::KeyStore& key_store,
                   Settings settings = {});
  ~ReadyAuthorities();

  // Memory: what is kept, if it is. Broken: a key or certificate that cannot be read.
  Result<Found> find(std::string_view arn, From from);

 private:
  class Kept;
  sql::Database& database_;
  const Clock& clock_;
  keys::KeyStore& key_store_;
  Settings settings_;
  std::shared_ptr<Kept> kept_;
  sql::Subscription changes_;
};

// The issuer that a CA is: without a certificate it can sign nothing but its own root certificate.
Result<issuance::Issuer> issuer_of(const Authority& authority, const std::optional<CrlInUse>& crl,
                                   issuance::Issuer::Key key, const Settings& settings);

}  // namespace everseal::acmpca
