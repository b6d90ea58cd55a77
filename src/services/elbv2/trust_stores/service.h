#pragma once

#include <functional>
#include <string>

#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "keys/vault.h"
#include "random/random.h"
#include "services/elbv2/trust_stores/associations.h"
#include "services/elbv2/trust_stores/content_links.h"
#include "services/elbv2/trust_stores/followed.h"
#include "services/elbv2/trust_stores/object_source.h"
#include "services/elbv2/trust_stores/private_cas.h"
#include "services/elbv2/trust_stores/reader.h"
#include "services/elbv2/trust_stores/settings.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// What trust stores work with; outlives them.
struct Surroundings {
  sql::Database& database;
  const Clock& clock;
  const Clock& wall;
  Random& random;
  const keys::Vault& vault;
  ObjectSource& objects;
  const Associations* associations;  // null: nothing uses trust stores
  const PrivateCas* private_cas;     // null: there are none to follow
  std::function<std::string()> url;  // where the server is reached
};

// The part of ELBv2 that keeps whom clients are authenticated against. Thread-safe.
class Service {
 public:
  Service(const Surroundings& surroundings, const Settings& settings);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // To those of ELBv2. They refer to this object.
  void add_trust_store_operations(aws::Service& elbv2) const;
  // What serves the paths below ContentLinks::path.
  const ContentLinks& content_links() const { return links_; }
  // For whoever terminates TLS.
  const Reader& reader() const { return reader_; }

 private:
  const Surroundings around_;
  const Settings settings_;
  const Followed followed_;
  const ContentLinks links_;
  const Reader reader_;
};

}  // namespace everseal::elbv2::trust_stores
