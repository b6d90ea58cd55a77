#pragma once

#include "services/iam/resource_rules.h"
#include "sql/database.h"

namespace everseal::app {

// What event buses say of access to them and to their rules, as IAM wants it.
class BusRulesForIam final : public iam::ResourceRulesSource {
 public:
  explicit BusRulesForIam(sql::Database& database) : database_(database) {}

  Result<std::optional<iam::ResourceRules>> rules_of(std::string_view resource) const override;

 private:
  sql::Database& database_;
};

}  // namespace everseal::app
