#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "keys/vault.h"
#include "services/acm/certificate_users.h"
#include "services/elbv2/certificate_source.h"
#include "services/elbv2/data_plane/server_identities.h"
#include "services/elbv2/trust_stores.h"
#include "services/elbv2/trust_stores/associations.h"

namespace everseal::app {

// The certificates that ACM keeps, as load balancers want them.
class CertificatesForElbv2 final : public elbv2::CertificateSource {
 public:
  explicit CertificatesForElbv2(const acm::CertificateUsers& users) : users_(users) {}

  Result<Status> status(sql::Snapshot& view, std::string_view certificate_arn) const override;
  Outcome attach(sql::Transaction& tx, std::string_view certificate_arn,
                 std::string_view user_arn) const override;
  Outcome detach(sql::Transaction& tx, std::string_view certificate_arn,
                 std::string_view user_arn) const override;

 private:
  const acm::CertificateUsers& users_;
};

// Certificates with their keys, as listeners prove themselves with them.
class IdentitiesForListeners final : public elbv2::data_plane::ServerIdentities {
 public:
  explicit IdentitiesForListeners(const keys::Vault& vault) : vault_(vault) {}
  Result<std::optional<tls::ServerIdentity>> find(sql::Snapshot& view,
                                                  std::string_view certificate_arn) const override;

 private:
  const keys::Vault& vault_;
};

// Trust stores, as load balancing wants them.
class TrustStoresForElbv2 final : public elbv2::TrustStores {
 public:
  Result<Status> status(sql::Snapshot& view, std::string_view arn) const override;
  Result<aws::Tags> tags(sql::Snapshot& view, std::string_view arn) const override;
  Result<void, ApiError> put_tags(sql::Transaction& tx, std::string_view arn,
                                  const aws::Tags& tags) const override;
  Result<void, ApiError> remove_tags(sql::Transaction& tx, std::string_view arn,
                                     const std::vector<std::string>& keys) const override;
};

// Load balancers, as those who use trust stores.
class UsersOfTrustStores final : public elbv2::trust_stores::Associations {
 public:
  Result<std::vector<std::string>> list(sql::Snapshot& view, std::string_view trust_store_arn,
                                        std::string_view after, std::int64_t limit) const override;
  Result<bool> has(sql::Snapshot& view, std::string_view trust_store_arn,
                   std::string_view resource_arn) const override;
};

}  // namespace everseal::app
