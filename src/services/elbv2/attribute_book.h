#pragma once

#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/attributes.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

struct AttributesAnswer {
  std::vector<shapes::Attribute> attributes;
  static constexpr auto fields =
      std::tuple{aws::always("Attributes", &AttributesAnswer::attributes)};
};

// What the operations on the attributes of one kind of thing have in common. LoadBalancerNotFound,
// TargetGroupNotFound, ListenerNotFound. ValidationError: not such an ARN; an attribute that is not
// known or a value that does not suit. InvalidConfigurationRequest: values that do not go together.
class AttributeBook {
 public:
  static AttributeBook of_load_balancers(sql::Database& database);
  static AttributeBook of_target_groups(sql::Database& database);
  static AttributeBook of_listeners(sql::Database& database);

  // All that there are, those that were never said with their usual value.
  Result<AttributesAnswer, ApiError> describe(const aws::Call& call, const std::string& arn) const;
  // All or none; answers all there are afterwards.
  Result<AttributesAnswer, ApiError> modify(const aws::Call& call, const std::string& arn,
                                            const std::vector<shapes::Attribute>& said) const;
  aws::Access access(const std::string& arn) const;

 private:
  AttributeBook(sql::Database& database, Kind kind, std::span<const AttributeRule> rules)
      : database_(database), kind_(kind), rules_(rules) {}

  sql::Database& database_;
  Kind kind_;
  std::span<const AttributeRule> rules_;
};

}  // namespace everseal::elbv2
