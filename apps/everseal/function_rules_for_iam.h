#pragma once

#include <optional>
#include <string_view>

#include "services/iam/resource_rules.h"
#include "sql/database.h"

namespace everseal::app {

// What functions say of access to them, as IAM wants it.
class FunctionRulesForIam final : public iam::ResourceRulesSource {
 public:
  explicit FunctionRulesForIam(sql::Database& database) : database_(database) {}

  Result<std::optional<iam::ResourceRules>> rules_of(std::string_view resource) const override;

 private:
  sql::Database& database_;
};

}  // namespace everseal::app
