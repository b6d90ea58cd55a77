#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "services/elbv2/trust_stores/private_cas.h"
#include "sql/database.h"

namespace everseal::app {

// Private CA, as trust stores want it: the CAs that they follow. One that is deleted for good is
// followed still, since what it issued may be presented still.
class PrivateCasForTrustStores final : public elbv2::trust_stores::PrivateCas {
 public:
  explicit PrivateCasForTrustStores(sql::Database& database) : database_(database) {}

  Result<std::optional<Ca>> find(sql::Snapshot& view, std::string_view arn) const override;
  Outcome revoked_serials(sql::Snapshot& view, std::int64_t number, std::int64_t after,
                          const std::function<void(ByteView)>& visit) const override;
  sql::Subscription on_change(std::function<void()> hear) const override;

 private:
  sql::Database& database_;
};

}  // namespace everseal::app
