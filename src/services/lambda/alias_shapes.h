#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "aws/fields.h"
#include "services/lambda/shapes.h"
#include "services/lambda/version_store.h"

// What the operations on aliases show.
namespace everseal::lambda::shapes {

inline constexpr auto alias_length = aws::length(1, 128);
inline constexpr auto alias_letters =
    aws::pattern("(?!^[0-9]+$)([a-zA-Z0-9-_]+)", "[0-9]*[a-zA-Z_-][a-zA-Z0-9_-]*");
inline constexpr auto version_letters = aws::pattern(R"((\$LATEST|[0-9]+))");

// The request for one alias.
struct AliasOf {
  std::string function_name;
  std::string alias;
  static constexpr auto fields = std::tuple{
      aws::required("FunctionName", &AliasOf::function_name, aws::in_label(), name_length),
      aws::required("Name", &AliasOf::alias, aws::in_label(), alias_length, alias_letters)};
};

struct RoutingConfig {
  std::map<std::string, double> additional_version_weights;  // of all invocations: 0.1
  static constexpr auto fields = std::tuple{
      aws::optional("AdditionalVersionWeights", &RoutingConfig::additional_version_weights)};
};

struct AliasConfiguration {
  std::string alias_arn;
  std::string name;
  std::string function_version;
  std::string description;
  std::optional<RoutingConfig> routing_config;
  std::string revision_id;
  static constexpr auto fields =
      std::tuple{aws::required("AliasArn", &AliasConfiguration::alias_arn),
                 aws::required("Name", &AliasConfiguration::name),
                 aws::required("FunctionVersion", &AliasConfiguration::function_version),
                 aws::required("Description", &AliasConfiguration::description),
                 aws::optional("RoutingConfig", &AliasConfiguration::routing_config),
                 aws::required("RevisionId", &AliasConfiguration::revision_id)};
};

AliasConfiguration shown(const Alias& alias);

}  // namespace everseal::lambda::shapes
