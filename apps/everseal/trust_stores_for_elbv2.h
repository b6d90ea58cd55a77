#pragma once

#include "services/elbv2/trust_stores.h"

namespace everseal::app {

// Trust stores, as load balancing wants them.
class TrustStoresForElbv2 final : public elbv2::TrustStores {
 public:
  Result<Status> status(sql::Snapshot& view, std::string_view arn) const override;
  Result<aws::Tags> tags(sql::Snapshot& view, std::string_view arn) const override;
  Outcome put_tags(sql::Transaction& tx, std::string_view arn,
                   const aws::Tags& tags) const override;
  Outcome remove_tags(sql::Transaction& tx, std::string_view arn,
                      const std::vector<std::string>& keys) const override;
};

}  // namespace everseal::app
