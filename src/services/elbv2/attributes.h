#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "aws/api_error.h"
#include "result/result.h"
#include "services/elbv2/enums.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

// What load balancers, listeners and target groups are told by key and value.
namespace everseal::elbv2 {

// What may be said of one key.
struct AttributeRule {
  enum class Form {
    Boolean,
    Number,       // from `least` to `most`, or zero where `or_zero`
    Choice,       // one of `choices`, separated by '|'
    Text,         // of at most `most` characters
    HeaderName,   // such as HTTP has
    OffOrNumber,  // "off", or a number from `least` to `most`
  };
  std::string_view key;
  std::string_view usual;  // until something else is said
  Form form = Form::Text;
  std::int64_t least = 0, most = 0;
  std::string_view choices = {};
  bool or_zero = false;
};

std::span<const AttributeRule> load_balancer_attributes();
std::span<const AttributeRule> target_group_attributes();
std::span<const AttributeRule> listener_attributes();

// All that have a value, said or usual, in the order of the rules.
Result<std::vector<shapes::Attribute>> attributes_of(sql::Snapshot& view, std::string_view arn,
                                                     std::span<const AttributeRule> rules);
// The value of one of them.
std::string value_of(const std::vector<shapes::Attribute>& attributes, std::string_view key);

// ValidationError: a key that no rule knows, "attribute key 'x' is not recognized"; a value that
// does not suit; a key twice.
Result<void, ApiError> check_attributes(const std::vector<shapes::Attribute>& said,
                                        std::span<const AttributeRule> rules);
// What no single rule says. InvalidConfigurationRequest: logs without a bucket.
Result<void, ApiError> check_together(const std::vector<shapes::Attribute>& all);

Outcome put_attributes(sql::Transaction& tx, std::string_view arn,
                       const std::vector<shapes::Attribute>& said);
Outcome remove_attributes(sql::Transaction& tx, std::string_view arn);

}  // namespace everseal::elbv2
